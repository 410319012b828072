//! For programs that show test results: a suite per file, a case per finding.

use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::ops::AddAssign;

use quick_xml::events::{BytesDecl, BytesStart, BytesText, Event};
use quick_xml::writer::{ElementWriter, Writer};
use tempfile::SpooledTempFile;

use super::checks::{is_open, sentence};
use super::masked::Masked;
use super::{File, Format, KEPT, Outcome, Run};
use crate::finding::Check;

/// JUnit's XML, as Jenkins and GitLab read it. A case fails where the finding makes the run fail,
/// so that results and exit status agree.
pub struct Junit {
    /// The suites, inside of an element that is there for their indentation.
    suites: Writer<BufWriter<SpooledTempFile>>,
    counts: Counts,
}

/// The start of that element.
const OUTER: &str = "<testsuites>";

impl Default for Junit {
    fn default() -> Self {
        let spool = BufWriter::new(SpooledTempFile::new(KEPT));
        Self {
            suites: Writer::new_with_indent(spool, b' ', 2),
            counts: Counts::default(),
        }
    }
}

impl Format for Junit {
    fn file(&mut self, run: &Run, file: &File, _out: &mut dyn Write) -> io::Result<()> {
        if run.files() == 1 {
            let outer = BytesStart::new("testsuites");
            self.suites.write_event(Event::Start(outer))?;
        }
        let suite = Suite::of(run, file);
        self.counts += suite.counts();
        suite.write(&mut self.suites)
    }

    fn end(&mut self, _run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let element = xml
            .create_element("testsuites")
            .with_attribute(("name", env!("CARGO_PKG_NAME")));
        let suites = self.suites.get_mut();
        // This writes what is left in the buffer, too.
        suites.seek(SeekFrom::Start(OUTER.len() as u64))?;
        self.counts.on(element).write_inner_content(|xml| {
            io::copy(suites.get_mut(), xml.get_mut())?;
            Ok(())
        })?;
        writeln!(out)
    }
}

/// How many cases there are, and how they ended.
#[derive(Clone, Copy, Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.tests += other.tests;
        self.failures += other.failures;
        self.errors += other.errors;
    }
}

impl Counts {
    /// The attributes of a suite, or of all.
    fn on<W: Write>(self, element: ElementWriter<'_, W>) -> ElementWriter<'_, W> {
        element
            .with_attribute(("tests", self.tests.to_string().as_str()))
            .with_attribute(("failures", self.failures.to_string().as_str()))
            .with_attribute(("errors", self.errors.to_string().as_str()))
    }
}

/// The results of a file and what it extends.
struct Suite<'r> {
    name: String,
    run: &'r Run,
    findings: Vec<&'r Masked>,
    checks: &'r [Check],
    /// Why the file could not be examined.
    error: Option<&'r str>,
}

impl<'r> Suite<'r> {
    fn of(run: &'r Run, file: &'r File) -> Self {
        Self {
            name: legal(&file.path.to_string_lossy()),
            run,
            findings: run.shown(file).collect(),
            checks: file.examined().map_or(&[], Outcome::checks),
            error: file.outcome.as_ref().err().map(String::as_str),
        }
    }

    fn counts(&self) -> Counts {
        let fails = |finding: &&&Masked| self.run.fails_over(finding.severity);
        Counts {
            // A file without findings is one case too, so that it is seen to have been examined.
            tests: self.findings.len().max(1) + self.checks.len(),
            failures: self.findings.iter().filter(fails).count(),
            errors: usize::from(self.error.is_some()),
        }
    }

    fn write<W: Write>(&self, xml: &mut Writer<W>) -> io::Result<()> {
        let element = xml
            .create_element("testsuite")
            .with_attribute(("name", self.name.as_str()));
        self.counts().on(element).write_inner_content(|xml| {
            if self.findings.is_empty() {
                self.write_whole(xml)?;
            }
            let mut findings = self.findings.iter();
            findings.try_for_each(|finding| self.write_finding(xml, finding))?;
            let mut checks = self.checks.iter();
            checks.try_for_each(|check| self.write_check(xml, check))
        })?;
        Ok(())
    }

    /// The only case of a file without findings.
    fn write_whole<W: Write>(&self, xml: &mut Writer<W>) -> io::Result<()> {
        let case = xml
            .create_element("testcase")
            .with_attribute(("name", "validate"))
            .with_attribute(("classname", self.name.as_str()));
        match self.error {
            None => case.write_empty()?,
            Some(error) => case.write_inner_content(|xml| {
                xml.create_element("error")
                    .with_attribute(("type", "unexamined"))
                    .with_attribute(("message", legal(error).as_str()))
                    .write_empty()?;
                Ok(())
            })?,
        };
        Ok(())
    }

    fn write_finding<W: Write>(&self, xml: &mut Writer<W>, finding: &Masked) -> io::Result<()> {
        let id = finding.rule.id;
        let name = match finding.key.as_str() {
            "" => id.to_owned(),
            key => legal(&format!("{id} ({key})")),
        };
        let place = format!(
            "{}:{}:{}",
            finding.file.display(),
            finding.start.line,
            finding.start.column
        );
        let text = legal(&format!("{place}: {}", finding.text()));
        let text = BytesText::new(&text);
        xml.create_element("testcase")
            .with_attribute(("name", name.as_str()))
            .with_attribute(("classname", self.name.as_str()))
            .write_inner_content(|xml| {
                let result = if self.run.fails_over(finding.severity) {
                    xml.create_element("failure")
                        .with_attribute(("type", finding.severity.name()))
                        .with_attribute(("message", legal(&finding.message).as_str()))
                } else {
                    xml.create_element("system-out")
                };
                result.write_text_content(text)?;
                Ok(())
            })?;
        Ok(())
    }
}

impl Suite<'_> {
    /// A live check. What has failed is a finding, and fails there.
    fn write_check<W: Write>(&self, xml: &mut Writer<W>, check: &Check) -> io::Result<()> {
        let name = legal(&format!("{} ({})", check.name, check.target));
        let line = legal(&sentence(check));
        xml.create_element("testcase")
            .with_attribute(("name", name.as_str()))
            .with_attribute(("classname", self.name.as_str()))
            .write_inner_content(|xml| {
                if is_open(check) {
                    // Jenkins' schema has no attribute here.
                    xml.create_element("skipped")
                } else {
                    xml.create_element("system-out")
                }
                .write_text_content(BytesText::new(&line))?;
                Ok(())
            })?;
        Ok(())
    }
}

/// XML has no way to write most control characters, not even escaped.
fn legal(text: &str) -> String {
    let legal = |c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let replaced = |c| if legal(c) { c } else { '\u{fffd}' };
    text.chars().map(replaced).collect()
}
