//! What only shows when several values of a file are seen together: addressees, annexes, histories written as lists.

use super::line::lines;
use super::numbering::numbered;
use super::{Fault, Field, Use, history};
use crate::source::{Node, Pointer, Shape, Step};

/// The field of a text: without a lead of its own the body of a press draft begins with it.
pub(super) fn field(tree: &Node, pointer: &Pointer, kind: &str, genre: &str) -> Field {
    let field = Field::of(pointer, kind, genre);
    let body = match pointer.steps() {
        [Step::Key(draft), Step::Key(body)] | [Step::Key(draft), Step::Key(body), Step::Index(0)] => {
            draft == "新闻通稿" && body == "正文"
        }
        _ => false,
    };
    let lead = tree.get("新闻通稿").and_then(|draft| draft.get("导语"));
    if body && lead.is_none() { Field { usage: Use::Lead, ..field } } else { field }
}

pub(super) fn check(tree: &Node, found: &mut Vec<(Pointer, Fault)>) {
    walk(tree, &mut Pointer::root(), found);
}

fn walk(node: &Node, at: &mut Pointer, found: &mut Vec<(Pointer, Fault)>) {
    match &node.shape {
        Shape::Scalar { .. } => {}
        Shape::List(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push(Step::Index(index));
                walk(item, at, found);
                at.pop();
            }
        }
        Shape::Map(entries) => {
            addressees(node, at, found);
            for entry in entries {
                at.push(Step::Key(entry.key.clone()));
                match entry.key.as_str() {
                    "附件" => annexes(&entry.node, at, found),
                    "大事记" | "年表" => dates(&entry.node, at, found),
                    _ => {}
                }
                walk(&entry.node, at, found);
                at.pop();
            }
        }
    }
}

/// The texts of a list with their paths.
fn items<'n>(list: &'n Node, at: &Pointer) -> Vec<(Pointer, &'n str)> {
    let Shape::List(items) = &list.shape else { return Vec::new() };
    let texts = items.iter().enumerate().filter_map(|(index, item)| Some((at.index(index), item.text()?)));
    texts.collect()
}

/// A unit that receives the paper needs no copy of it.
fn addressees(map: &Node, at: &Pointer, found: &mut Vec<(Pointer, Fault)>) {
    let units = |key: &str| -> Vec<(Pointer, &str)> {
        let Some(node) = map.get(key) else { return Vec::new() };
        let below = at.key(key);
        node.text().map_or_else(|| items(node, &below), |text| vec![(below.clone(), text)])
    };
    let parted = |text: &str| -> Vec<String> {
        let text = text.trim().trim_end_matches(['。', '：', ':']);
        text.split(['，', '、', '；', ',', ';', '\n']).map(|unit| unit.trim().to_owned()).collect()
    };
    let main: Vec<String> = units("主送").iter().flat_map(|(_, text)| parted(text)).collect();
    for (pointer, text) in units("抄送") {
        for unit in parted(text).into_iter().filter(|unit| unit.chars().count() >= 2 && main.contains(unit)) {
            let Some(from) = text.find(unit.as_str()) else { continue };
            let span = from..from + unit.len();
            let fault =
                Fault { rule: "text/same-addressee", span, found: unit, fix: None, facts: Vec::new() };
            found.push((pointer.clone(), fault));
        }
    }
}

/// Annexes that carry numbers carry them alike, one after the other.
fn annexes(list: &Node, at: &Pointer, found: &mut Vec<(Pointer, Fault)>) {
    let items = items(list, at);
    let numbers: Vec<Option<u32>> = items
        .iter()
        .map(|(_, text)| {
            let lines = lines(text);
            lines.first().and_then(numbered).filter(|number| number.level == 3).map(|number| number.value)
        })
        .collect();
    if numbers.iter().all(Option::is_none) {
        return;
    }
    for ((index, number), (pointer, text)) in numbers.iter().enumerate().zip(&items) {
        if *number != u32::try_from(index + 1).ok() {
            let end = text.chars().next().map_or(0, char::len_utf8);
            let fault = Fault {
                rule: "text/annex-number",
                span: 0..end,
                found: text.chars().take(1).collect(),
                fix: None,
                facts: vec![("what", "order".to_owned()), ("number", (index + 1).to_string())],
            };
            found.push((pointer.clone(), fault));
        }
    }
}

/// A history whose paragraphs are the items of a list.
fn dates(list: &Node, at: &Pointer, found: &mut Vec<(Pointer, Fault)>) {
    let items = items(list, at);
    let all: Vec<_> = items.iter().flat_map(|(_, text)| lines(text).into_iter().take(1)).collect();
    let mut faults = Vec::new();
    history::check(&all.iter().collect::<Vec<_>>(), true, &mut faults);
    for fault in faults {
        let item = items.iter().find(|(_, text)| text.contains(fault.found.as_str()));
        if let Some((pointer, _)) = item {
            found.push((pointer.clone(), fault));
        }
    }
}
