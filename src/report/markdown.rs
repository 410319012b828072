//! Markdown in a terminal.

use std::io::{self, Write};

/// Writes Markdown for people to read: headings in bold, code indented.
///
/// # Errors
/// The output cannot be written to.
pub fn markdown(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let bold = anstyle::Style::new().bold();
    let mut code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            code = !code;
        } else if code {
            writeln!(out, "    {line}")?;
        } else if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim_start();
            writeln!(out, "{bold}{heading}{bold:#}")?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
