//! For code scanning: SARIF 2.1.0, <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::checks::{is_open, sentence};
use super::list::List;
use super::masked::{By, Masked, Suppressed};
use super::{File, Format, Run, paths, rule_page};
use crate::finding::{self, Severity};
use crate::yaml::Position;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// SARIF 2.1.0 with the documentation of the rules that found something. It quotes no source.
pub struct Sarif {
    /// The rules, in the order in which they found something first.
    rules: Vec<&'static finding::Rule>,
    results: List,
    notifications: List,
    successful: bool,
}

impl Default for Sarif {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            results: List::new(4),
            notifications: List::new(6),
            successful: true,
        }
    }
}

impl Format for Sarif {
    fn file(&mut self, run: &Run, file: &File, _out: &mut dyn Write) -> io::Result<()> {
        for finding in run.shown(file) {
            let index = self.index(finding.rule);
            self.results.push(&SarifResult::of(finding, index, None))?;
        }
        for Suppressed { finding, by } in run.suppressed(file) {
            let index = self.index(finding.rule);
            let result = SarifResult::of(finding, index, Some(Suppression::of(by)));
            self.results.push(&result)?;
        }
        let mut notify = |level, text: &str| {
            self.notifications
                .push(&Notification::of(level, text, file))
        };
        match &file.outcome {
            Ok(outcome) => outcome.checks().iter().try_for_each(|check| {
                let level = if is_open(check) { "warning" } else { "note" };
                notify(level, &sentence(check))
            }),
            Err(message) => {
                self.successful = false;
                notify("error", message)
            }
        }
    }

    fn end(&mut self, _run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let log = Log {
            schema: SCHEMA,
            version: "2.1.0",
            runs: [SarifRun {
                tool: Tool {
                    driver: Driver {
                        name: env!("CARGO_PKG_NAME"),
                        semantic_version: env!("CARGO_PKG_VERSION"),
                        rules: self.rules.iter().map(|rule| Rule::of(rule)).collect(),
                    },
                },
                column_kind: "unicodeCodePoints",
                newline_sequences: ["\r\n", "\n", "\r"],
                invocations: [Invocation {
                    execution_successful: self.successful,
                    tool_execution_notifications: &self.notifications,
                }],
                results: &self.results,
            }],
        };
        serde_json::to_writer_pretty(&mut *out, &log)?;
        writeln!(out)
    }
}

impl Sarif {
    /// The place of a rule in the list of rules.
    fn index(&mut self, rule: &'static finding::Rule) -> usize {
        let known = self.rules.iter().position(|known| known.id == rule.id);
        known.unwrap_or_else(|| {
            self.rules.push(rule);
            self.rules.len() - 1
        })
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

#[derive(Serialize)]
struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [SarifRun<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun<'r> {
    tool: Tool,
    column_kind: &'static str,
    newline_sequences: [&'static str; 3],
    invocations: [Invocation<'r>; 1],
    results: &'r List,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    help: Help,
    default_configuration: Configuration,
}

impl Rule {
    fn of(rule: &finding::Rule) -> Self {
        let page = rule_page(rule);
        Self {
            id: rule.id,
            short_description: Text {
                text: rule.summary(),
            },
            help: Help {
                text: page.clone(),
                markdown: page,
            },
            default_configuration: Configuration {
                level: level(rule.severity),
            },
        }
    }
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

impl Text {
    fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'r> {
    execution_successful: bool,
    tool_execution_notifications: &'r List,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    locations: [Location; 1],
}

impl Notification {
    fn of(level: &'static str, text: &str, file: &File) -> Self {
        Self {
            level,
            message: Text::of(text),
            locations: [Location {
                physical_location: PhysicalLocation::of(&file.path, None),
                logical_locations: None,
            }],
        }
    }
}

/// A finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'r> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    partial_fingerprints: Fingerprints<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[Fix<'r>; 1]>,
    /// Only of a finding that does not count; an empty list would say that nobody looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression<'r>; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'r> {
    description: Text,
    artifact_changes: [ArtifactChange<'r>; 1],
    properties: FixProperties,
}

#[derive(Serialize)]
struct FixProperties {
    safety: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'r> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'r> {
    deleted_region: Region,
    inserted_content: Content<'r>,
}

#[derive(Serialize)]
struct Content<'r> {
    text: &'r str,
}

impl<'r> Fix<'r> {
    /// The fix of a finding. With something hidden it would write nonsense.
    fn of(finding: &'r Masked) -> Option<Self> {
        let fix = finding.fix.as_ref().filter(|fix| !fix.is_masked)?;
        let replacements = fix.edits.iter().map(|edit| Replacement {
            deleted_region: Region::of(edit.start, edit.end),
            inserted_content: Content { text: &edit.text },
        });
        let change = ArtifactChange {
            artifact_location: ArtifactLocation {
                uri: paths::uri(&finding.file),
            },
            replacements: replacements.collect(),
        };
        Some(Self {
            description: Text::of(&finding.help),
            artifact_changes: [change],
            properties: FixProperties {
                safety: fix.safety.name(),
            },
        })
    }
}

impl<'r> SarifResult<'r> {
    fn of(finding: &'r Masked, rule_index: usize, suppression: Option<Suppression<'r>>) -> Self {
        let region = Region::of(finding.start, finding.end);
        let key = LogicalLocation {
            fully_qualified_name: finding.key.clone(),
        };
        Self {
            rule_id: finding.rule.id,
            rule_index,
            level: level(finding.severity),
            message: Text {
                text: finding.text(),
            },
            locations: [Location {
                physical_location: PhysicalLocation::of(&finding.file, Some(region)),
                logical_locations: (!finding.key.is_empty()).then_some([key]),
            }],
            partial_fingerprints: Fingerprints {
                key_and_text: &finding.fingerprint,
            },
            fixes: Fix::of(finding).map(|fix| [fix]),
            suppressions: suppression.map(|suppression| [suppression]),
        }
    }
}

/// What says that a finding does not count.
#[derive(Serialize)]
struct Suppression<'r> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'r str>,
}

impl<'r> Suppression<'r> {
    fn of(by: &'r By) -> Self {
        match by {
            By::Comment(reason) => Self {
                kind: "inSource",
                justification: (!reason.is_empty()).then_some(reason),
            },
            By::Baseline => Self {
                kind: "external",
                justification: Some("it is in the baseline"),
            },
        }
    }
}

#[derive(Serialize)]
struct Fingerprints<'r> {
    /// The number changes when the recipe does.
    #[serde(rename = "keyAndText/v1")]
    key_and_text: &'r str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    logical_locations: Option<[LogicalLocation; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

impl PhysicalLocation {
    fn of(path: &Path, region: Option<Region>) -> Self {
        Self {
            artifact_location: ArtifactLocation {
                uri: paths::uri(path),
            },
            region,
        }
    }
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Region {
    fn of(start: Position, end: Position) -> Self {
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}
