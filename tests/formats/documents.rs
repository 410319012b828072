//! The whole document of each format, as a reader of the test sees it.

use consoleme_cfg::report::rule_page;
use consoleme_cfg::rules;
use insta::assert_snapshot;

use super::written;

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
