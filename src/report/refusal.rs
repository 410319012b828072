use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// Draws why a file cannot be used on the characters that are in the way, as a finding is drawn.
///
/// # Errors
/// The output cannot be written to.
pub fn refusal(
    path: &Path,
    text: &str,
    span: Range<usize>,
    message: &str,
    help: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let snippet = Snippet::source(text)
        .path(path.to_string_lossy())
        .annotation(AnnotationKind::Primary.span(span));
    let mut group = Level::ERROR.primary_title(message).element(snippet);
    if !help.is_empty() {
        group = group.element(Level::HELP.message(help));
    }
    writeln!(out, "{}", Renderer::styled().render(&[group]))
}
