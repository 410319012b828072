//! What `validate` writes in each of its formats.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics fails, as it should"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use consoleme_cfg::report::rule_page;
use consoleme_cfg::rules;
use insta::assert_snapshot;
use serde_json::Value as Json;
use tempfile::TempDir;

const FORMATS: [&str; 6] = ["human", "json", "sarif", "github", "gitlab", "junit"];
const CONFIGURATION: &str = include_str!("formats/consoleme.yaml");
const SECRET: &str = "1example0secret0of0an0app0client0abcdefghijklmnopqr";

struct Output {
    status: i32,
    out: String,
    err: String,
}

fn validate_with(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_consoleme-cfg"))
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .arg("validate")
        .args(arguments)
        .output()
        .unwrap();
    Output {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn validate(folder: &Path, arguments: &[&str]) -> Output {
    validate_with(folder, arguments, &[])
}

/// The configuration that has a defect of each severity, and a file that is not there.
fn written(format: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let output = validate(
        &folder,
        &["consoleme.yaml", "none.yaml", "--format", format],
    );
    assert_eq!(output.status, 1);
    assert_eq!(
        output.err,
        "error: none.yaml: there is no such file; name another, or let `consoleme-cfg init` write one\n"
    );
    output.out.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

#[test]
fn human() {
    assert_snapshot!(written("human"), @r#"
    info[endpoint-beside-metadata-url]: `get_user_by_oidc_settings.authorization_endpoint` is not looked at, as `metadata_url` is there
     --> consoleme.yaml:9:27
      |
    9 |   authorization_endpoint: https://example.auth.eu-west-1.amazoncognito.com/oauth2/authorize
      |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: remove the line
      = note: `validate --fix --unsafe-fixes` does this; look at it afterwards
      = note: in ConsoleMe: consoleme/lib/oidc.py:29

    warning[unknown-key]: ConsoleMe never asks for `oidc_secrets.größe`
      --> consoleme.yaml:13:16
       |
    13 | oidc_secrets: {größe: 1, client_id: 1example23456789abcdefghij, secret: ***************************************************, client_...
       |                ^^^^^
       |
       = help: correct the name, or remove the line

    error[client-scope-is-a-string]: `client_scope` is a string; ConsoleMe asks for its letters, `o p e n i d …`, and the login goes round in circles
      --> consoleme.yaml:13:140
       |
    13 | ...******************************************, client_scope: openid email}
       |                                                              ^^^^^^^^^^^^
       |
       = help: write a list: [openid, email]
       = note: `validate --fix` does this
       = note: in ConsoleMe: consoleme/lib/oidc.py:131

    consoleme.yaml: 1 error, 1 warning, 1 hint; 1 fixable with --fix, 1 more with --unsafe-fixes; judged for production, as `environment` says; the provider was not asked
    2 files: 1 error, 1 warning, 1 hint; 1 could not be examined
    "#);
}

#[test]
fn json_version_1() {
    assert_snapshot!(written("json"), @r#"
    {
      "schema_version": 1,
      "tool": {
        "name": "consoleme-cfg",
        "version": "VERSION"
      },
      "files": [
        {
          "path": "consoleme.yaml",
          "status": "examined"
        },
        {
          "path": "none.yaml",
          "status": "unexamined"
        }
      ],
      "findings": [
        {
          "rule": "endpoint-beside-metadata-url",
          "severity": "info",
          "message": "`get_user_by_oidc_settings.authorization_endpoint` is not looked at, as `metadata_url` is there",
          "help": "remove the line",
          "file": "consoleme.yaml",
          "line": 9,
          "column": 27,
          "end_line": 9,
          "end_column": 92,
          "key": "get_user_by_oidc_settings.authorization_endpoint",
          "consoleme": "consoleme/lib/oidc.py:29",
          "fingerprint": "4ff0fce639f67f4dd3408e51cc6e30f6",
          "fix": {
            "safety": "unsafe",
            "edits": [
              {
                "start_line": 9,
                "start_column": 1,
                "end_line": 10,
                "end_column": 1,
                "text": ""
              }
            ]
          }
        },
        {
          "rule": "unknown-key",
          "severity": "warning",
          "message": "ConsoleMe never asks for `oidc_secrets.größe`",
          "help": "correct the name, or remove the line",
          "file": "consoleme.yaml",
          "line": 13,
          "column": 16,
          "end_line": 13,
          "end_column": 21,
          "key": "oidc_secrets.größe",
          "consoleme": null,
          "fingerprint": "484d6a73a511874db3a0a8826f4e7c9c",
          "fix": null
        },
        {
          "rule": "client-scope-is-a-string",
          "severity": "error",
          "message": "`client_scope` is a string; ConsoleMe asks for its letters, `o p e n i d …`, and the login goes round in circles",
          "help": "write a list: [openid, email]",
          "file": "consoleme.yaml",
          "line": 13,
          "column": 140,
          "end_line": 13,
          "end_column": 152,
          "key": "oidc_secrets.client_scope",
          "consoleme": "consoleme/lib/oidc.py:131",
          "fingerprint": "c5bcfa093f53115334dbe23bfce1e34d",
          "fix": {
            "safety": "safe",
            "edits": [
              {
                "start_line": 13,
                "start_column": 140,
                "end_line": 13,
                "end_column": 152,
                "text": "[openid, email]"
              }
            ]
          }
        }
      ],
      "checks": [],
      "skipped": [
        {
          "check": "discovery",
          "reason": "the provider was not asked; `--online` asks it"
        },
        {
          "check": "issuer",
          "reason": "the provider was not asked; `--online` asks it"
        },
        {
          "check": "domain",
          "reason": "the provider was not asked; `--online` asks it"
        },
        {
          "check": "keys",
          "reason": "the provider was not asked; `--online` asks it"
        },
        {
          "check": "client",
          "reason": "the provider was not asked; `--online` asks it"
        },
        {
          "check": "control",
          "reason": "the provider was not asked; `--online` asks it"
        },
        {
          "check": "callback",
          "reason": "the provider was not asked; `--online` asks it"
        },
        {
          "check": "scopes",
          "reason": "the provider was not asked; `--online` asks it"
        },
        {
          "check": "login-page",
          "reason": "the provider was not asked; `--online` asks it"
        },
        {
          "check": "secret",
          "reason": "the provider was not asked; `--online` asks it"
        },
        {
          "check": "revocation",
          "reason": "the provider was not asked; `--online` asks it"
        }
      ],
      "summary": {
        "error": 1,
        "warning": 1,
        "info": 1,
        "suppressed": 0
      }
    }
    "#);
}

#[test]
fn sarif() {
    let mut sarif = written("sarif");
    for rule in rules::all() {
        let page = serde_json::to_string(&rule_page(rule)).unwrap();
        sarif = sarif.replace(&page, &format!("\"WHAT `explain {}` SAYS\"", rule.id));
    }
    assert_snapshot!(sarif, @r#"
    {
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        {
          "tool": {
            "driver": {
              "name": "consoleme-cfg",
              "semanticVersion": "VERSION",
              "rules": [
                {
                  "id": "endpoint-beside-metadata-url",
                  "shortDescription": {
                    "text": "An endpoint is written beside `metadata_url`."
                  },
                  "help": {
                    "text": "WHAT `explain endpoint-beside-metadata-url` SAYS",
                    "markdown": "WHAT `explain endpoint-beside-metadata-url` SAYS"
                  },
                  "defaultConfiguration": {
                    "level": "note"
                  }
                },
                {
                  "id": "unknown-key",
                  "shortDescription": {
                    "text": "A section holds a key that ConsoleMe never asks for, and that resembles none that it asks for."
                  },
                  "help": {
                    "text": "WHAT `explain unknown-key` SAYS",
                    "markdown": "WHAT `explain unknown-key` SAYS"
                  },
                  "defaultConfiguration": {
                    "level": "warning"
                  }
                },
                {
                  "id": "client-scope-is-a-string",
                  "shortDescription": {
                    "text": "`client_scope` is one text instead of a list."
                  },
                  "help": {
                    "text": "WHAT `explain client-scope-is-a-string` SAYS",
                    "markdown": "WHAT `explain client-scope-is-a-string` SAYS"
                  },
                  "defaultConfiguration": {
                    "level": "error"
                  }
                }
              ]
            }
          },
          "columnKind": "unicodeCodePoints",
          "newlineSequences": [
            "\r\n",
            "\n",
            "\r"
          ],
          "invocations": [
            {
              "executionSuccessful": false,
              "toolExecutionNotifications": [
                {
                  "level": "error",
                  "message": {
                    "text": "none.yaml: there is no such file; name another, or let `consoleme-cfg init` write one"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "none.yaml"
                        }
                      }
                    }
                  ]
                }
              ]
            }
          ],
          "results": [
            {
              "ruleId": "endpoint-beside-metadata-url",
              "ruleIndex": 0,
              "level": "note",
              "message": {
                "text": "`get_user_by_oidc_settings.authorization_endpoint` is not looked at, as `metadata_url` is there\nhelp: remove the line\nin ConsoleMe: consoleme/lib/oidc.py:29"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "consoleme.yaml"
                    },
                    "region": {
                      "startLine": 9,
                      "startColumn": 27,
                      "endLine": 9,
                      "endColumn": 92
                    }
                  },
                  "logicalLocations": [
                    {
                      "fullyQualifiedName": "get_user_by_oidc_settings.authorization_endpoint"
                    }
                  ]
                }
              ],
              "partialFingerprints": {
                "keyAndText/v1": "4ff0fce639f67f4dd3408e51cc6e30f6"
              },
              "fixes": [
                {
                  "description": {
                    "text": "remove the line"
                  },
                  "artifactChanges": [
                    {
                      "artifactLocation": {
                        "uri": "consoleme.yaml"
                      },
                      "replacements": [
                        {
                          "deletedRegion": {
                            "startLine": 9,
                            "startColumn": 1,
                            "endLine": 10,
                            "endColumn": 1
                          },
                          "insertedContent": {
                            "text": ""
                          }
                        }
                      ]
                    }
                  ],
                  "properties": {
                    "safety": "unsafe"
                  }
                }
              ]
            },
            {
              "ruleId": "unknown-key",
              "ruleIndex": 1,
              "level": "warning",
              "message": {
                "text": "ConsoleMe never asks for `oidc_secrets.größe`\nhelp: correct the name, or remove the line"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "consoleme.yaml"
                    },
                    "region": {
                      "startLine": 13,
                      "startColumn": 16,
                      "endLine": 13,
                      "endColumn": 21
                    }
                  },
                  "logicalLocations": [
                    {
                      "fullyQualifiedName": "oidc_secrets.größe"
                    }
                  ]
                }
              ],
              "partialFingerprints": {
                "keyAndText/v1": "484d6a73a511874db3a0a8826f4e7c9c"
              }
            },
            {
              "ruleId": "client-scope-is-a-string",
              "ruleIndex": 2,
              "level": "error",
              "message": {
                "text": "`client_scope` is a string; ConsoleMe asks for its letters, `o p e n i d …`, and the login goes round in circles\nhelp: write a list: [openid, email]\nin ConsoleMe: consoleme/lib/oidc.py:131"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "consoleme.yaml"
                    },
                    "region": {
                      "startLine": 13,
                      "startColumn": 140,
                      "endLine": 13,
                      "endColumn": 152
                    }
                  },
                  "logicalLocations": [
                    {
                      "fullyQualifiedName": "oidc_secrets.client_scope"
                    }
                  ]
                }
              ],
              "partialFingerprints": {
                "keyAndText/v1": "c5bcfa093f53115334dbe23bfce1e34d"
              },
              "fixes": [
                {
                  "description": {
                    "text": "write a list: [openid, email]"
                  },
                  "artifactChanges": [
                    {
                      "artifactLocation": {
                        "uri": "consoleme.yaml"
                      },
                      "replacements": [
                        {
                          "deletedRegion": {
                            "startLine": 13,
                            "startColumn": 140,
                            "endLine": 13,
                            "endColumn": 152
                          },
                          "insertedContent": {
                            "text": "[openid, email]"
                          }
                        }
                      ]
                    }
                  ],
                  "properties": {
                    "safety": "safe"
                  }
                }
              ]
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn github() {
    assert_snapshot!(written("github"), @r#"
    ::notice file=consoleme.yaml,line=9,endLine=9,col=27,endColumn=91,title=endpoint-beside-metadata-url::`get_user_by_oidc_settings.authorization_endpoint` is not looked at, as `metadata_url` is there%0Ahelp: remove the line%0Ain ConsoleMe: consoleme/lib/oidc.py:29
    ::warning file=consoleme.yaml,line=13,endLine=13,col=16,endColumn=20,title=unknown-key::ConsoleMe never asks for `oidc_secrets.größe`%0Ahelp: correct the name, or remove the line
    ::error file=consoleme.yaml,line=13,endLine=13,col=140,endColumn=151,title=client-scope-is-a-string::`client_scope` is a string; ConsoleMe asks for its letters, `o p e n i d …`, and the login goes round in circles%0Ahelp: write a list: [openid, email]%0Ain ConsoleMe: consoleme/lib/oidc.py:131
    ::error file=none.yaml,title=unexamined::none.yaml: there is no such file; name another, or let `consoleme-cfg init` write one
    "#);
}

#[test]
fn gitlab() {
    assert_snapshot!(written("gitlab"), @r#"
    [
      {
        "description": "`get_user_by_oidc_settings.authorization_endpoint` is not looked at, as `metadata_url` is there; remove the line",
        "check_name": "endpoint-beside-metadata-url",
        "fingerprint": "4ff0fce639f67f4dd3408e51cc6e30f6",
        "severity": "info",
        "location": {
          "path": "consoleme.yaml",
          "lines": {
            "begin": 9,
            "end": 9
          }
        }
      },
      {
        "description": "ConsoleMe never asks for `oidc_secrets.größe`; correct the name, or remove the line",
        "check_name": "unknown-key",
        "fingerprint": "484d6a73a511874db3a0a8826f4e7c9c",
        "severity": "minor",
        "location": {
          "path": "consoleme.yaml",
          "lines": {
            "begin": 13,
            "end": 13
          }
        }
      },
      {
        "description": "`client_scope` is a string; ConsoleMe asks for its letters, `o p e n i d …`, and the login goes round in circles; write a list: [openid, email]",
        "check_name": "client-scope-is-a-string",
        "fingerprint": "c5bcfa093f53115334dbe23bfce1e34d",
        "severity": "critical",
        "location": {
          "path": "consoleme.yaml",
          "lines": {
            "begin": 13,
            "end": 13
          }
        }
      },
      {
        "description": "none.yaml: there is no such file; name another, or let `consoleme-cfg init` write one",
        "check_name": "unexamined",
        "fingerprint": "3fbaa6bf26733424b3f8d87f1025a363",
        "severity": "blocker",
        "location": {
          "path": "none.yaml",
          "lines": {
            "begin": 1,
            "end": 1
          }
        }
      }
    ]
    "#);
}

#[test]
fn junit() {
    assert_snapshot!(written("junit"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="consoleme-cfg" tests="4" failures="1" errors="1">
      <testsuite name="consoleme.yaml" tests="3" failures="1" errors="0">
        <testcase name="endpoint-beside-metadata-url (get_user_by_oidc_settings.authorization_endpoint)" classname="consoleme.yaml">
          <system-out>consoleme.yaml:9:27: `get_user_by_oidc_settings.authorization_endpoint` is not looked at, as `metadata_url` is there
    help: remove the line
    in ConsoleMe: consoleme/lib/oidc.py:29</system-out>
        </testcase>
        <testcase name="unknown-key (oidc_secrets.größe)" classname="consoleme.yaml">
          <system-out>consoleme.yaml:13:16: ConsoleMe never asks for `oidc_secrets.größe`
    help: correct the name, or remove the line</system-out>
        </testcase>
        <testcase name="client-scope-is-a-string (oidc_secrets.client_scope)" classname="consoleme.yaml">
          <failure type="error" message="`client_scope` is a string; ConsoleMe asks for its letters, `o p e n i d …`, and the login goes round in circles">consoleme.yaml:13:140: `client_scope` is a string; ConsoleMe asks for its letters, `o p e n i d …`, and the login goes round in circles
    help: write a list: [openid, email]
    in ConsoleMe: consoleme/lib/oidc.py:131</failure>
        </testcase>
      </testsuite>
      <testsuite name="none.yaml" tests="1" failures="0" errors="1">
        <testcase name="validate" classname="none.yaml">
          <error type="unexamined" message="none.yaml: there is no such file; name another, or let `consoleme-cfg init` write one"/>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn what_a_comment_suppresses_is_counted_and_shown_to_code_scanning_only() {
    let text = format!(
        "{}# consoleme-cfg: ignore-file[client-scope-is-a-string] {SECRET} is the secret\n",
        CONFIGURATION
    );
    let folder = folder_with(&[("consoleme.yaml", &text)]);
    let folder = folder.path();
    for format in FORMATS {
        let output = validate(folder, &["consoleme.yaml", "--format", format]);
        assert_eq!(output.status, 0, "{format}");
        let shows = output.out.contains("asks for its letters");
        assert_eq!(shows, format == "sarif", "{format}");
        assert!(!output.out.contains(SECRET), "{format}");
    }
    let report = json(&validate(folder, &["consoleme.yaml", "--format", "json"]).out);
    let summary = json(r#"{"error": 0, "warning": 1, "info": 1, "suppressed": 1}"#);
    assert_eq!(report["summary"], summary);
    let sarif = json(&validate(folder, &["consoleme.yaml", "--format", "sarif"]).out);
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let suppressed = results.iter().filter(|one| !one["suppressions"].is_null());
    let suppressed: Vec<&Json> = suppressed.collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["ruleId"], "client-scope-is-a-string");
    let stars = "*".repeat(SECRET.len());
    let justification = format!("{stars} is the secret");
    assert_eq!(
        suppressed[0]["suppressions"],
        serde_json::json!([{"kind": "inSource", "justification": justification}])
    );
}

#[test]
fn the_status_is_the_same_whatever_the_format() {
    let good = CONFIGURATION
        .replace("größe: 1, ", "")
        .replace("openid email}", "[openid, email]}");
    let folder = folder_with(&[("bad.yaml", CONFIGURATION), ("good.yaml", &good)]);
    for (arguments, status) in [
        (vec!["good.yaml"], 0),
        (vec!["good.yaml", "--fail-on", "info"], 1),
        (vec!["bad.yaml"], 1),
        (vec!["bad.yaml", "none.yaml"], 1),
        (vec!["bad.yaml", "--fail-on", "never"], 0),
        (vec!["bad.yaml", "none.yaml", "--fail-on", "never"], 3),
        (vec!["none.yaml"], 3),
    ] {
        for format in FORMATS {
            let mut arguments = arguments.clone();
            arguments.extend(["--format", format]);
            let output = validate(folder.path(), &arguments);
            assert_eq!(output.status, status, "{arguments:?}: {}", output.out);
        }
    }
}

#[test]
fn several_outputs_hold_what_each_alone_would() {
    let folder = folder_with(&[("bad.yaml", CONFIGURATION), ("old.json", "old")]);
    let mut arguments = vec!["bad.yaml", "none.yaml", "--color", "always"];
    let files = FORMATS.map(|format| format!("{format}=out.{format}"));
    arguments.extend(files.iter().flat_map(|file| ["--output", file]));
    arguments.extend(["--output", "json=old.json"]);
    let all = validate(folder.path(), &arguments);
    assert_eq!(all.status, 1);
    assert!(all.out.contains('\u{1b}'), "the terminal has its colours");
    for format in FORMATS {
        let alone = validate(
            folder.path(),
            &["bad.yaml", "none.yaml", "--format", format],
        );
        let file = folder.path().join(format!("out.{format}"));
        assert_eq!(fs::read_to_string(&file).unwrap(), alone.out);
        let plain = folder.path().join("plain");
        fs::write(&plain, "").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(
            mode(&file),
            mode(&plain),
            "the umask decides who may read it"
        );
    }
    let old = fs::read_to_string(folder.path().join("old.json")).unwrap();
    assert_eq!(json(&old)["schema_version"], 1);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 9, "nothing is left");
}

#[test]
fn standard_output_is_an_output_too() {
    let folder = folder_with(&[("bad.yaml", CONFIGURATION)]);
    let format = validate(folder.path(), &["bad.yaml", "--format", "gitlab"]);
    let output = validate(folder.path(), &["bad.yaml", "--output", "gitlab=-"]);
    assert_eq!(format.out, output.out);
}

#[test]
fn outputs_that_cannot_be_are_refused_before_anything_is_written() {
    let folder = folder_with(&[("bad.yaml", CONFIGURATION), ("base.yaml", "aws: {}\n")]);
    fs::write(folder.path().join("top.yaml"), "extends: [base.yaml]\n").unwrap();
    for (arguments, said) in [
        (
            vec!["--output", "json=a", "--output", "sarif=a"],
            "error: a is named for two outputs; give each a file of its own\n",
        ),
        (
            vec!["--output", "json=-", "--format", "sarif"],
            "error: standard output takes one format; write the others to files with `--output FORMAT=FILE`\n",
        ),
        (
            vec!["--output", "json=none/a"],
            "error: none/a cannot be written: there is no folder none; make it first\n",
        ),
        (
            vec!["--output", "json=/dev/null"],
            "error: /dev/null is not a regular file; name another, or write `-` for standard output\n",
        ),
        (
            vec!["--output", "json=a", "--output", "sarif=bad.yaml"],
            "error: bad.yaml was examined, and would be lost; name another file for the output\n",
        ),
        (
            vec!["top.yaml", "--output", "json=./base.yaml"],
            "error: ./base.yaml was examined, and would be lost; name another file for the output\n",
        ),
    ] {
        let arguments = [vec!["bad.yaml"], arguments].concat();
        let output = validate(folder.path(), &arguments);
        assert_eq!((output.status, output.err.as_str()), (2, said));
        assert_eq!(output.out, "");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
    }
    for (argument, said) in [
        (
            "yaml=a",
            "there is no format `yaml`; write one of human, json",
        ),
        ("json", "write a format, `=` and a file, such as `sarif="),
        ("json=", "write a format, `=` and a file, such as `sarif="),
    ] {
        let output = validate(folder.path(), &["bad.yaml", "--output", argument]);
        assert_eq!(output.status, 2);
        assert!(output.err.contains(said), "{}", output.err);
    }
}

#[test]
fn no_format_shows_a_secret() {
    let named_like_it = CONFIGURATION.replace("größe", SECRET);
    let unreadable = format!("{CONFIGURATION}\n\t- [\n");
    let folder = folder_with(&[
        ("defects.yaml", CONFIGURATION),
        ("key.yaml", &named_like_it),
        ("unreadable.yaml", &unreadable),
    ]);
    for format in FORMATS {
        for file in ["defects.yaml", "key.yaml", "unreadable.yaml"] {
            let output = validate(folder.path(), &[file, "--format", format]);
            assert_eq!(output.status, 1);
            assert!(!output.out.is_empty());
            let shown = output.out + &output.err;
            assert!(
                !shown.contains("0secret0of0an"),
                "{format}, {file}: {shown}"
            );
        }
    }
}

/// Rule, line and fingerprint of each result.
fn fingerprints(text: &str) -> Vec<(String, u64, String)> {
    let folder = folder_with(&[("consoleme.yaml", text)]);
    let output = validate(folder.path(), &["consoleme.yaml", "--format", "sarif"]);
    let results = &json(&output.out)["runs"][0]["results"];
    let result = |result: &Json| {
        let location = &result["locations"][0]["physicalLocation"];
        (
            result["ruleId"].as_str().unwrap().to_owned(),
            location["region"]["startLine"].as_u64().unwrap(),
            result["partialFingerprints"]["keyAndText/v1"]
                .as_str()
                .unwrap()
                .to_owned(),
        )
    };
    results.as_array().unwrap().iter().map(result).collect()
}

#[test]
fn fingerprints_stay_when_lines_move_and_list_items_are_added() {
    let groups = |items: &str| {
        format!(
            "{CONFIGURATION}dynamic_config: {{}}\npolicies: {{role_name: ConsoleMe}}\naccount_ids_to_name: {{{items}}}\n"
        )
    };
    let before = fingerprints(&groups("012345671234: a"));
    let after = fingerprints(&format!(
        "# A line more.\n\n{}",
        groups("\n \"111111111111\": b, 012345671234: a")
    ));
    assert!(before.len() > 3);
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((&before.0, &before.2), (&after.0, &after.2));
        assert!(before.1 + 2 <= after.1, "{before:?} {after:?}");
    }
    let renamed = fingerprints(&CONFIGURATION.replace("größe", "breite"));
    let same = |one: &&(String, u64, String)| renamed.iter().any(|other| one.2 == other.2);
    let kept: Vec<_> = fingerprints(CONFIGURATION).into_iter().collect();
    assert_eq!(kept.iter().filter(same).count(), kept.len() - 1);
}

#[test]
fn equal_findings_are_numbered() {
    let twice = CONFIGURATION.replace(
        "tornado: {port: 8081}",
        "tornado: {port: 8081}\ntornado: {port: 8081}\ntornado: {port: 8081}",
    );
    let found: Vec<_> = fingerprints(&twice)
        .into_iter()
        .filter(|(rule, ..)| rule == "repeated-key")
        .collect();
    assert!(found.len() > 1, "{found:?}");
    let again = fingerprints(&format!("# A line more.\n{twice}"));
    for (at, (_, _, fingerprint)) in found.iter().enumerate() {
        assert!(
            found
                .iter()
                .skip(at + 1)
                .all(|other| other.2 != *fingerprint)
        );
        assert!(again.iter().any(|other| other.2 == *fingerprint));
    }
}

#[test]
fn github_gets_no_text_that_it_would_take_for_a_command() {
    let name = "100%, a::b\nc.yaml";
    let folder = folder_with(&[(name, "auth: [\n")]);
    let output = validate(
        folder.path(),
        &[name, "none: 5%\n.yaml", "--format", "github"],
    );
    assert_snapshot!(output.out, @r#"
    ::error file=100%25%2C a%3A%3Ab%0Ac.yaml,line=2,endLine=2,col=1,endColumn=1,title=unreadable-yaml::the text ends where a value is expected; ConsoleMe does not start%0Ahelp: Write a value, or remove what waits for it.%0Ain ConsoleMe: consoleme/config/config.py:207
    ::error file=none%3A 5%25%0A.yaml,title=unexamined::none: 5%25%0A.yaml: there is no such file; name another, or let `consoleme-cfg init` write one
    "#);
}

#[test]
fn services_get_paths_from_the_root_of_the_repository() {
    let checkout = TempDir::new().unwrap();
    let root = fs::canonicalize(checkout.path()).unwrap();
    let deploy = root.join("deploy of ü:b");
    fs::create_dir(&deploy).unwrap();
    fs::write(deploy.join("bad.yaml"), CONFIGURATION).unwrap();
    let elsewhere = folder_with(&[("bad.yaml", CONFIGURATION)]);
    let elsewhere = fs::canonicalize(elsewhere.path()).unwrap();
    let outside = elsewhere.join("bad.yaml");
    let absolute = deploy.join("bad.yaml");
    for (variable, path, shown, uri) in [
        ("HOME", "./bad.yaml", "bad.yaml", "bad.yaml".to_owned()),
        (
            "HOME",
            absolute.to_str().unwrap(),
            "bad.yaml",
            "bad.yaml".to_owned(),
        ),
        (
            "GITHUB_WORKSPACE",
            "../deploy of ü:b/bad.yaml",
            "deploy of ü:b/bad.yaml",
            "deploy%20of%20%C3%BC%3Ab/bad.yaml".to_owned(),
        ),
        (
            "CI_PROJECT_DIR",
            "bad.yaml",
            "deploy of ü:b/bad.yaml",
            "deploy%20of%20%C3%BC%3Ab/bad.yaml".to_owned(),
        ),
        (
            "CI_PROJECT_DIR",
            outside.to_str().unwrap(),
            outside.to_str().unwrap(),
            format!("file://{}", outside.display()),
        ),
    ] {
        let variables = [(variable, root.to_str().unwrap())];
        let output = |format| validate_with(&deploy, &[path, "--format", format], &variables).out;
        assert_eq!(json(&output("gitlab"))[0]["location"]["path"], shown);
        let sarif = json(&output("sarif"));
        let location = &sarif["runs"][0]["results"][0]["locations"][0];
        assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], uri);
        assert_eq!(json(&output("json"))["findings"][0]["file"], path);
    }
}

#[test]
fn junit_fails_where_the_run_does() {
    let folder = folder_with(&[("bad.yaml", CONFIGURATION)]);
    for (threshold, failures) in [("error", 1), ("warning", 2), ("info", 3), ("never", 0)] {
        let arguments = ["bad.yaml", "--format", "junit", "--fail-on", threshold];
        let output = validate(folder.path(), &arguments);
        assert_eq!(output.out.matches("<failure").count(), failures);
        let counted = format!("tests=\"3\" failures=\"{failures}\" errors=\"0\"");
        assert_eq!(output.out.matches(&counted).count(), 2, "{}", output.out);
    }
}

#[test]
fn the_least_severity_is_that_of_every_format() {
    let folder = folder_with(&[("bad.yaml", CONFIGURATION)]);
    for format in FORMATS {
        let arguments = ["bad.yaml", "--format", format, "--min-severity", "error"];
        let output = validate(folder.path(), &arguments);
        assert!(output.out.contains("client-scope-is-a-string"));
        assert!(!output.out.contains("unknown-key"), "{}", output.out);
    }
}
