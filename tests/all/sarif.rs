//! `check --format sarif`: it keeps to its standard, points into the files, and what it would mend is what `--fix` mends.

use crate::formats::{document, flawed, wrong_workspaces};
use crate::program::{baosong, project};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What SARIF 2.1.0 asks of what we write (clauses 3.13 to 3.58), and nothing beside it.
fn essentials() -> Value {
    let text =
        json!({ "type": "object", "required": ["text"], "properties": { "text": { "type": "string" } } });
    let level = json!({ "enum": ["none", "note", "warning", "error"] });
    let number = json!({ "type": "integer", "minimum": 1 });
    let object = |required: &[&str], properties: Value| json!({ "type": "object", "required": required, "additionalProperties": false, "properties": properties });
    let region =
        object(&["startLine"], json!({ "startLine": number, "startColumn": number, "endColumn": number }));
    let artifact = object(
        &["uri"],
        json!({ "uri": { "pattern": "^[A-Za-z0-9._~/%-]+$" }, "uriBaseId": { "const": "WORKSPACE" } }),
    );
    let physical = object(&["artifactLocation"], json!({ "artifactLocation": artifact, "region": region }));
    let locations = json!({ "type": "array", "items": object(&["physicalLocation"], json!({ "physicalLocation": physical })) });
    let replacement = object(&["deletedRegion"], json!({ "deletedRegion": region, "insertedContent": text }));
    let change = object(
        &["artifactLocation", "replacements"],
        json!({ "artifactLocation": artifact, "replacements": { "type": "array", "minItems": 1, "items": replacement } }),
    );
    let fix = object(
        &["artifactChanges"],
        json!({ "artifactChanges": { "type": "array", "minItems": 1, "items": change } }),
    );
    let result = object(
        &["message"],
        json!({
            "ruleId": { "type": "string" }, "ruleIndex": { "type": "integer", "minimum": 0 }, "level": level,
            "message": text, "locations": locations, "relatedLocations": locations,
            "fixes": { "type": "array", "items": fix }, "properties": { "type": "object" },
        }),
    );
    let rule = object(
        &["id"],
        json!({
            "id": { "type": "string" }, "shortDescription": text, "fullDescription": text, "help": text,
            "defaultConfiguration": object(&[], json!({ "level": level })), "properties": { "type": "object" },
        }),
    );
    let driver = object(
        &["name"],
        json!({ "name": { "const": "baosong" }, "version": { "type": "string" }, "rules": { "type": "array", "uniqueItems": true, "items": rule } }),
    );
    let notification = object(
        &["message"],
        json!({ "level": level, "message": text, "descriptor": object(&["id"], json!({ "id": {} })) }),
    );
    let invocation = object(
        &["executionSuccessful"],
        json!({ "executionSuccessful": { "type": "boolean" }, "toolExecutionNotifications": { "type": "array", "items": notification } }),
    );
    let base = object(&["uri"], json!({ "uri": { "pattern": "^file:///.*/$" } }));
    let run = object(
        &["tool", "results"],
        json!({
            "tool": object(&["driver"], json!({ "driver": driver })),
            "language": { "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$" },
            "columnKind": { "const": "unicodeCodePoints" },
            "originalUriBaseIds": object(&["WORKSPACE"], json!({ "WORKSPACE": base })),
            "invocations": { "type": "array", "items": invocation },
            "results": { "type": "array", "items": result },
        }),
    );
    object(
        &["version", "runs"],
        json!({ "$schema": { "pattern": "sarif-schema-2\\.1\\.0\\.json$" }, "version": { "const": "2.1.0" }, "runs": { "type": "array", "items": run } }),
    )
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn decoded(uri: &Value) -> String {
    percent_encoding::percent_decode_str(uri.as_str().unwrap()).decode_utf8().unwrap().into_owned()
}

#[test]
fn sarif_keeps_to_its_standard_and_points_into_the_files() {
    let validator = jsonschema::validator_for(&essentials()).unwrap();
    let failed = document(&baosong(project(), ["check", "没有", "--format", "sarif"]).ends_with(2));
    assert_eq!(failed["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let log = wrong_workspaces("sarif");
    for log in [&failed, &log] {
        let wrong: Vec<String> = validator.iter_errors(log).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
    let mut with_region = 0;
    for run in list(&log["runs"]) {
        let root = decoded(&run["originalUriBaseIds"]["WORKSPACE"]["uri"]);
        let rules = list(&run["tool"]["driver"]["rules"]);
        let found: BTreeSet<_> =
            list(&run["results"]).iter().map(|result| result["ruleIndex"].as_u64()).collect();
        assert_eq!(found.len(), rules.len(), "each rule occurs");
        for result in list(&run["results"]) {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            for location in list(&result["locations"]) {
                let place = &location["physicalLocation"];
                let name = decoded(&place["artifactLocation"]["uri"]);
                let path = Path::new(root.strip_prefix("file://").unwrap()).join(&name);
                let region = &place["region"];
                let number = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
                let Ok(text) = fs::read_to_string(&path) else { continue };
                if !region.is_null() {
                    let line = text.lines().nth(number("startLine") - 1).unwrap_or_default();
                    let length = line.trim_start_matches('\u{FEFF}').chars().count();
                    assert!(number("startColumn") < number("endColumn"), "{name} {region}");
                    assert!(number("endColumn") <= length.max(1) + 1, "{name} {region} {line}");
                    with_region += 1;
                }
            }
        }
    }
    assert!(with_region > 100, "{with_region}");
}

#[test]
fn another_program_mends_as_check_does() {
    let (_folder, root) = flawed();
    let log = document(&baosong(&root, ["check", "--format", "sarif"]).ends_with(0));
    let mut files: BTreeMap<String, Vec<(usize, usize, usize, String)>> = BTreeMap::new();
    for fix in list(&log["runs"][0]["results"]).iter().flat_map(|result| list(&result["fixes"])) {
        for change in list(&fix["artifactChanges"]) {
            for replacement in list(&change["replacements"]) {
                let number = |key: &str| {
                    usize::try_from(replacement["deletedRegion"][key].as_u64().unwrap()).unwrap() - 1
                };
                let text = replacement["insertedContent"]["text"].as_str().unwrap().to_owned();
                let place = (number("startLine"), number("startColumn"), number("endColumn"), text);
                files.entry(decoded(&change["artifactLocation"]["uri"])).or_default().push(place);
            }
        }
    }
    assert_eq!(files.len(), 1);
    let mut mended = BTreeMap::new();
    for (file, mut places) in files {
        let text = fs::read_to_string(root.join(&file)).unwrap();
        let mut lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
        places.sort();
        for (line, from, to, text) in places.iter().rev() {
            lines[*line].splice(from..to, text.chars());
        }
        let lines: Vec<String> = lines.iter().map(|line| line.iter().collect()).collect();
        mended.insert(file, lines.join("\n") + "\n");
    }
    baosong(&root, ["check", "--fix"]).ends_with(0);
    for (file, text) in mended {
        assert_eq!(fs::read_to_string(root.join(&file)).unwrap(), text, "{file}");
    }
}
