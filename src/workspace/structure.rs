//! A document against its kind's schema: every structural error at once, and what is sound read
//! into the model.

use super::nearest::{nearest, nearest_key};
use super::shape::{is_lone, keys_at, several, to_json, year_of};
use crate::finding::{Finding, Place};
use crate::model::scalar::common_year_of_leap_day;
use crate::model::{Kind, schema};
use crate::source::{Document, Node, Pointer, Step, from_node};
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{ValidationError, Validator};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::borrow::Cow;
use std::sync::OnceLock;

/// The format of files that this version writes and reads.
const FORMAT: u64 = 1;

/// The most errors that are told of one file: nobody makes, or reads, more.
const MOST: usize = 100;

/// Rules that a scalar type of the model may name.
const SCALAR_RULES: [&str; 9] = [
    "model/bad-colour",
    "model/bad-date",
    "model/bad-deadline",
    "model/bad-money",
    "model/bad-month",
    "model/bad-range",
    "model/bad-time",
    "model/bad-year",
    "model/not-in-list",
];

/// One for each kind, made when the first file of the kind is read.
static SCHEMAS: [OnceLock<(Value, Option<Validator>)>; Kind::ALL.len()] =
    [const { OnceLock::new() }; Kind::ALL.len()];

pub(super) fn schema_of(kind: Kind) -> Option<&'static (Value, Option<Validator>)> {
    let cell = Kind::ALL.iter().position(|other| *other == kind).and_then(|index| SCHEMAS.get(index))?;
    Some(cell.get_or_init(|| {
        let schema = schema::of(kind, &|_, _| None);
        let validator = jsonschema::draft7::new(&schema).ok();
        (schema, validator)
    }))
}

/// Makes the schemas of the usual kinds ready on all cores, for many workspaces that would else wait for each other.
pub fn prepare() {
    let usual = [Kind::Activity, Kind::Plan, Kind::Summary, Kind::Profile];
    usual.par_iter().for_each(|kind| {
        schema_of(*kind);
    });
}

/// Which kind a document says it is; `None` when nothing could be read of it.
pub(super) fn kind(document: &Document) -> Result<Option<Kind>, Finding> {
    let Some(tree) = &document.tree else {
        let silent = document.findings.is_empty();
        return if silent {
            Err(Finding::new("yaml/empty").at(Place::file(&document.file)))
        } else {
            Ok(None)
        };
    };
    if tree.is_null() {
        return Err(Finding::new("yaml/empty").at(Place::file(&document.file)));
    }
    if tree.entries().is_empty() {
        return Err(Finding::new("model/not-a-mapping").at(document.place(&Pointer::root())));
    }
    let Some(entry) = tree.entries().iter().find(|entry| entry.key == "类别" && !entry.node.is_null())
    else {
        return Err(no_kind(document, tree));
    };
    let place = document.place(&Pointer::root().key("类别"));
    let Some(word) = entry.node.text() else {
        let finding = Finding::new("model/unknown-kind").at(place).fact("text", "");
        return Err(finding.fact("kinds", words()).fact("near", Value::Null));
    };
    Kind::of(word).map(Some).ok_or_else(|| {
        Finding::new("model/unknown-kind")
            .at(place)
            .fact("text", word)
            .fact("kinds", words())
            .fact("near", nearest(word.trim(), &words()))
    })
}

/// A key that was meant to be 类别, or is and says nothing, is pointed at.
fn no_kind(document: &Document, tree: &Node) -> Finding {
    let meant = tree.entries().iter().find(|entry| {
        matches!(entry.key.trim().trim_end_matches(['：', ':']), "类别" | "文种" | "种类")
            || (entry.key == "类型" && entry.node.text().is_some_and(|word| Kind::of(word).is_some()))
    });
    let place = meant.map_or_else(
        || Place::file(&document.file),
        |entry| document.key_place(&Pointer::root().key(&entry.key)),
    );
    let wrong = meant.map(|entry| entry.key.as_str()).filter(|key| *key != "类别");
    let empty = meant.is_some_and(|entry| entry.key == "类别");
    Finding::new("model/no-kind").at(place).fact("kinds", words()).fact("key", wrong).fact("empty", empty)
}

fn words() -> Vec<String> {
    Kind::ALL.iter().map(|kind| kind.word().to_owned()).collect()
}

/// Reads a document of a known kind: the model, what was cut out, and what is wrong.
pub(super) fn read<T: DeserializeOwned + Default>(
    document: &Document,
    kind: Kind,
) -> (T, Vec<Pointer>, Vec<Finding>) {
    let mut check = Check::of(document);
    let Some(mut tree) = document.tree.as_ref().map(Cow::Borrowed) else {
        return (T::default(), vec![Pointer::root()], check.findings);
    };
    if let Some((schema, validator)) = schema_of(kind) {
        check.root = schema;
        check.against(validator.as_ref(), &tree);
        if !check.lone.is_empty() {
            for pointer in &check.lone {
                tree.to_mut().turn(pointer);
            }
            check = Check { root: schema, ..Check::of(document) };
            check.against(validator.as_ref(), &tree);
        }
    }
    let tree = &*tree;
    if check.cut.is_empty()
        && let Ok(model) = from_node(tree)
    {
        return (model, check.doubtful, check.findings);
    }
    let mut sound = tree.clone();
    sound.remove(&Pointer::parse("/类别"));
    for pointer in &check.cut {
        sound.remove(pointer);
    }
    // A type of the model may refuse what the schema lets pass (30 February): cut out, go on.
    for _ in 0..MOST {
        match from_node(&sound) {
            Ok(model) => {
                check.cut.extend(check.doubtful);
                return (model, check.cut, check.findings);
            }
            Err(problem) if problem.pointer.steps().is_empty() => break,
            Err(problem) => {
                if sound.at(&problem.pointer).is_some_and(|node| !node.is_null()) {
                    check.refused(&problem.message, &problem.pointer, tree);
                }
                sound.remove(&problem.pointer);
            }
        }
    }
    (T::default(), vec![Pointer::root()], check.findings)
}

struct Check<'a> {
    document: &'a Document,
    /// What cannot be read.
    cut: Vec<Pointer>,
    /// What is not there and would be, were another key spelt right.
    doubtful: Vec<Pointer>,
    findings: Vec<Finding>,
    /// One value where a list of such is wanted, or a list of one where the value is.
    lone: Vec<Pointer>,
    root: &'a Value,
}

impl<'a> Check<'a> {
    fn of(document: &'a Document) -> Self {
        let root = &Value::Null;
        Self { document, cut: Vec::new(), doubtful: Vec::new(), findings: Vec::new(), lone: Vec::new(), root }
    }

    fn against(&mut self, validator: Option<&Validator>, tree: &Node) {
        let instance = to_json(tree, self.root, self.root);
        for error in validator.iter().flat_map(|validator| validator.iter_errors(&instance)).take(MOST) {
            self.error(&error);
        }
        self.newer_format(&instance);
    }

    fn add(&mut self, finding: Finding, cut: Pointer) {
        self.findings.push(finding);
        self.cut.push(cut);
    }

    fn error(&mut self, error: &ValidationError<'_>) {
        let pointer = Pointer::parse(error.instance_path().as_str());
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                for key in unexpected.iter().take(MOST) {
                    self.unknown_key(&pointer, key);
                }
            }
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                let known = self.keys_at(&pointer);
                let misspelt = |written: &String| {
                    !known.contains(written) && nearest_key(written, &known).as_deref() == Some(key)
                };
                if error.instance().as_object().is_some_and(|object| object.keys().any(misspelt)) {
                    return; // The misspelt key says so already.
                }
                let place = self.document.place(&pointer);
                self.findings.push(Finding::new("model/missing-key").at(place).fact("key", key));
                self.doubtful.push(pointer.key(key));
            }
            ValidationErrorKind::MinLength { .. } => {
                let finding = Finding::new("model/missing-key").at(self.document.place(&pointer));
                self.findings.push(finding.fact("key", name(&pointer)));
            }
            // A pattern is there for editors: the type behind it refuses the same text and knows why.
            ValidationErrorKind::Pattern { .. } => {}
            ValidationErrorKind::Type { .. } | ValidationErrorKind::Enum { .. }
                if is_lone(self.root, &pointer, error.instance()) =>
            {
                self.lone.push(pointer);
            }
            ValidationErrorKind::AnyOf { context } => self.any_of(&pointer, context),
            ValidationErrorKind::Type { kind } => self.wrong_type(pointer, kind, error.instance()),
            ValidationErrorKind::Enum { options } => {
                let text =
                    error.instance().as_str().map_or_else(|| error.instance().to_string(), str::to_owned);
                let options: Vec<String> = options
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect();
                let finding = Finding::new("model/not-in-list")
                    .at(self.document.place(&pointer))
                    .fact("key", name(&pointer))
                    .fact("near", nearest(&text, &options))
                    .fact("text", text)
                    .fact("options", options);
                self.add(finding, pointer);
            }
            _ => {
                let finding = self.wrong(&pointer, "other", error.instance());
                self.add(finding, pointer);
            }
        }
    }

    /// Of several shapes the one that fits the value's own is meant.
    fn any_of(&mut self, pointer: &Pointer, context: &[Vec<ValidationError<'static>>]) {
        let is_type_here = |error: &ValidationError<'_>| {
            matches!(error.kind(), ValidationErrorKind::Type { .. })
                && Pointer::parse(error.instance_path().as_str()) == *pointer
        };
        let meant = context.iter().find(|errors| !errors.iter().any(is_type_here)).or(context.first());
        for error in meant.into_iter().flatten() {
            self.error(error);
        }
    }

    fn unknown_key(&mut self, parent: &Pointer, key: &str) {
        let pointer = parent.key(key);
        let place = self.document.key_place(&pointer);
        if let Some((word, _)) = key.split_once('：') {
            let finding = Finding::new("yaml/full-width-colon").at(place).fact("key", word);
            return self.add(finding, pointer);
        }
        let known = self.keys_at(parent);
        if self.is_cut_off(parent, key) {
            self.findings.push(Finding::new("yaml/cut-by-comma").at(place).fact("text", key));
            return;
        }
        let near = nearest_key(key, &known);
        if let Some(near) = &near {
            self.doubtful.push(parent.key(near));
        }
        let finding = Finding::new("model/unknown-key")
            .at(place)
            .fact("key", key)
            .fact("near", near)
            .fact("known", known);
        self.findings.push(finding);
    }

    /// Whether `key` has no value and stands behind a value on the same line: a comma within `{ }` cut it off.
    fn is_cut_off(&self, parent: &Pointer, key: &str) -> bool {
        let Some(parent) = self.document.tree.as_ref().and_then(|tree| tree.at(parent)) else { return false };
        let entries = parent.entries();
        let Some(index) = entries.iter().position(|entry| entry.key == key) else { return false };
        let before = index.checked_sub(1).and_then(|index| entries.get(index));
        entries[index].node.is_null()
            && before.is_some_and(|it| it.node.span.end.line == entries[index].span.start.line)
    }

    fn wrong_type(&mut self, pointer: Pointer, kind: &TypeKind, instance: &Value) {
        let expected: Vec<String> = match kind {
            TypeKind::Single(kind) => vec![kind.to_string()],
            TypeKind::Multiple(kinds) => kinds.iter().map(|kind| kind.to_string()).collect(),
        };
        let text = expected.iter().find(|kind| *kind == "string");
        let expected = text.or(expected.first()).map_or("other", String::as_str);
        let finding = if expected == "integer" && name(&pointer) == "年度" {
            let text = instance.as_str().map_or_else(|| instance.to_string(), str::to_owned);
            let finding = Finding::new("model/bad-year").at(self.document.place(&pointer));
            finding.fact("text", text).fact("year", self.document.tree.as_ref().and_then(year_of))
        } else {
            self.wrong(&pointer, expected, instance)
        };
        self.add(finding, pointer);
    }

    /// A value of another form than `expected`.
    fn wrong(&self, pointer: &Pointer, expected: &str, instance: &Value) -> Finding {
        let item = match pointer.steps().last() {
            Some(Step::Index(index)) => Some(index + 1),
            _ => None,
        };
        let text = instance.as_str().unwrap_or_default();
        let keys = match expected {
            "array" => self.keys_at(&pointer.index(0)),
            _ => self.keys_at(pointer),
        };
        // Several in one line are shown as the list that they are.
        let items = if expected == "array" { several(text) } else { Vec::new() };
        Finding::new("model/wrong-type")
            .at(self.document.place(pointer))
            .fact("key", name(pointer))
            .fact("item", item)
            .fact("expected", expected)
            .fact("found", describe(instance))
            .fact("text", text)
            .fact("keys", keys)
            .fact("items", items)
            .fact("colon", text.contains(['：', ':']))
    }

    /// A scalar type of the model said no.
    fn refused(&mut self, message: &str, pointer: &Pointer, tree: &Node) {
        let rule = SCALAR_RULES.into_iter().find(|rule| *rule == message).unwrap_or("model/wrong-type");
        let text = tree.at(pointer).and_then(Node::text).unwrap_or_default();
        let finding = if rule == "model/wrong-type" {
            // Only the numbers of the model refuse what the schema takes for one.
            self.wrong(pointer, "integer", &Value::from(text))
        } else {
            Finding::new(rule)
                .at(self.document.place(pointer))
                .fact("key", name(pointer))
                .fact("text", text)
                .fact("year", year_of(tree))
                .fact("common_year", common_year_of_leap_day(text))
                .fact("near", Value::Null)
                .fact("options", Vec::<String>::new())
        };
        self.findings.push(finding);
        self.cut.push(pointer.clone());
    }

    fn newer_format(&mut self, instance: &Value) {
        if let Some(format) = instance["格式"].as_u64()
            && format > FORMAT
        {
            let finding = Finding::new("model/newer-format")
                .at(self.document.place(&Pointer::parse("/格式")))
                .fact("format", format)
                .fact("known", FORMAT);
            self.findings.push(finding);
        }
    }

    /// The keys that the schema knows at `pointer`.
    fn keys_at(&self, pointer: &Pointer) -> Vec<String> {
        keys_at(self.root, pointer)
    }
}

/// The last key of a path.
fn name(pointer: &Pointer) -> String {
    let keys = pointer.steps().iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.clone()),
        Step::Index(_) => None,
    });
    keys.unwrap_or_default()
}

fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
