//! What a writer of YAML got wrong where the parser gave up: the parser's own words and place go in, a rule with the
//! place that has to be mended comes out. Whatever is not recognised stays `yaml/syntax`.

use super::tree::Pos;
use crate::finding::Finding;

/// Words of the parser and the rule that explains them.
const CAUSES: [(&str, &str); 12] = [
    ("quoted scalar, found unknown escape", "yaml/backslash"),
    ("quoted scalar, did not find expected hexadecimal", "yaml/backslash"),
    ("invalid Unicode character escape", "yaml/backslash"),
    ("trailing content after double-quoted", "yaml/behind-quote"),
    ("while scanning a quoted scalar", "yaml/unclosed-quote"),
    ("while scanning a block scalar", "yaml/behind-bar"),
    ("indentation in flow", "yaml/brackets"),
    ("indentation", "yaml/indentation"),
    ("wrongly indented", "yaml/indentation"),
    ("did not find expected '-' indicator", "yaml/indentation"),
    ("did not find expected key", "yaml/indentation"),
    ("entries are not allowed in this context", "yaml/indentation"),
];

/// The finding, without its place, and the place.
pub(super) fn explain(text: &str, message: &str, at: Pos) -> (Finding, Pos) {
    let line = text.lines().nth(at.line.saturating_sub(1)).unwrap_or_default();
    let c = char_at(text, at);
    if matches!(c, '@' | '`' | '%' | '*' | '&' | '!') && !message.contains("flow") {
        return (Finding::new("yaml/reserved-start").fact("char", c.to_string()), at);
    }
    if let Some((_, rule)) = CAUSES.iter().find(|(words, _)| message.contains(words)) {
        match *rule {
            "yaml/brackets" => return brackets(text, at),
            "yaml/unclosed-quote" => return (Finding::new("yaml/unclosed-quote").fact("key", ""), at),
            "yaml/indentation" => return (indentation(text, at), at),
            rule => return (Finding::new(rule), at),
        }
    }
    if ["flow", "illegal placement of ':'", "misplaced bracket", "unexpected eof"]
        .iter()
        .any(|words| message.contains(words))
    {
        return brackets(text, at);
    }
    if message.contains("mapping values are not allowed") {
        let before: String = line.chars().take(at.column.saturating_sub(1)).collect();
        if before.contains(": ") {
            return (Finding::new("yaml/colon-in-text"), at);
        }
        return (indentation(text, at), at);
    }
    if message.contains("simple key expect") {
        return (Finding::new("yaml/no-colon"), without_colon(text, at));
    }
    if c.is_control() && c != '\t' {
        let code = format!("U+{:04X}", c as u32);
        return (Finding::new("text/control-character").fact("code", code), at);
    }
    (Finding::new("yaml/syntax").fact("cause", message), at)
}

/// A line out of its place; what is written below `键: []` has no place at all.
fn indentation(text: &str, at: Pos) -> Finding {
    let above = text.lines().take(at.line.saturating_sub(1));
    let last = above.map(|line| line.split(" #").next().unwrap_or_default().trim());
    let last = last.filter(|line| !line.is_empty() && !line.starts_with('#')).last().unwrap_or_default();
    let empty = last.strip_suffix("[]").and_then(|it| it.trim_end().strip_suffix(':'));
    Finding::new("yaml/indentation").fact("empty", empty)
}

/// The character there; a blank where the text has none.
fn char_at(text: &str, at: Pos) -> char {
    let line = text.lines().nth(at.line.saturating_sub(1)).unwrap_or_default();
    line.chars().nth(at.column.saturating_sub(1)).unwrap_or(' ')
}

/// The parser notices a line without colon one line too late: the last one above that has none is meant.
fn without_colon(text: &str, at: Pos) -> Pos {
    let above = text.lines().enumerate().take(at.line);
    let lacking = above.filter(|(_, line)| {
        let content = line.trim();
        !content.is_empty() && !content.starts_with('#') && !content.contains(':')
    });
    lacking.last().map_or(at, |(index, line)| Pos {
        line: index + 1,
        column: line.chars().take_while(|c| c.is_whitespace()).count() + 1,
    })
}

/// A bracket that is not closed, closed too often, or whose entries nothing parts.
fn brackets(text: &str, at: Pos) -> (Finding, Pos) {
    let mut open: Vec<(char, Pos)> = Vec::new();
    for (index, line) in text.lines().enumerate().take(at.line) {
        let mut quote = None;
        let mut before = ' ';
        for (column, c) in line.chars().enumerate() {
            let here = Pos { line: index + 1, column: column + 1 };
            match c {
                _ if quote.is_some() => quote = quote.filter(|quote| *quote != c),
                '"' | '\'' => quote = Some(c),
                '#' if before == ' ' => break,
                // Outside brackets one opens only where a value starts.
                '[' | '{' if !open.is_empty() || starts_value(line, column) => open.push((c, here)),
                ']' | '}' if !open.is_empty() => {
                    open.pop();
                }
                ']' | '}' if here == at => return (brackets_finding("extra", c), here),
                _ => {}
            }
            before = c;
        }
    }
    match open.first() {
        Some((bracket, place)) => (brackets_finding("unclosed", *bracket), *place),
        None if char_at(text, at) == ':' => (Finding::new("yaml/colon-in-text"), at),
        None => (brackets_finding("separator", ','), at),
    }
}

fn brackets_finding(what: &'static str, char: char) -> Finding {
    Finding::new("yaml/brackets").fact("what", what).fact("char", char.to_string())
}

/// Whether what stands at `column` (from 0) opens the line or follows `: `, `- ` or `? `.
fn starts_value(line: &str, column: usize) -> bool {
    let before: String = line.chars().take(column).collect();
    let before = before.trim_end();
    before.is_empty() || before.ends_with([':', '-', '?'])
}
