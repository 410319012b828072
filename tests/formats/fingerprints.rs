//! Fingerprints: how a service knows a finding again.

use serde_json::Value as Json;

use super::{CONFIGURATION, folder_with, json, validate};

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
