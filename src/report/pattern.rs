//! What a template says whatever the case: a template goes in, its words with `…` where facts would stand come out,
//! alternatives side by side in brackets.

use crate::rulebook::Lang;

/// The words of `template`.
pub fn pattern(lang: Lang, template: &str) -> String {
    let mut rest = template;
    sequence(lang, &mut rest).0
}

/// Reads up to the tag that ends what is open; gives the words and that tag.
fn sequence<'t>(lang: Lang, rest: &mut &'t str) -> (String, &'t str) {
    let mut out = String::new();
    while let Some(at) = rest.find('{') {
        let (words, tail) = rest.split_at(at);
        out.push_str(words);
        if let Some((_, after)) = tail.strip_prefix("{{").and_then(|inner| inner.split_once("}}")) {
            if !out.ends_with('…') {
                out.push('…');
            }
            *rest = after;
        } else if let Some((tag, after)) = tail.strip_prefix("{%").and_then(|inner| inner.split_once("%}")) {
            *rest = after;
            match tag.trim_matches(['-', ' ']).split(' ').next().unwrap_or_default() {
                "if" => out.push_str(&alternatives(lang, rest)),
                "for" => out.push_str(&sequence(lang, rest).0),
                end @ ("elif" | "else" | "endif" | "endfor") => return (out, end),
                _ => {}
            }
        } else {
            out.push('{');
            *rest = &tail[1..];
        }
    }
    out.push_str(rest);
    *rest = "";
    (out, "")
}

fn alternatives(lang: Lang, rest: &mut &str) -> String {
    let mut all = Vec::new();
    loop {
        let (words, end) = sequence(lang, rest);
        if !words.is_empty() {
            all.push(words);
        }
        if !matches!(end, "elif" | "else") {
            break;
        }
    }
    match (all.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("〔{}〕", all.join("／")),
        (false, Lang::En) => format!("[{}]", all.join(" | ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_become_dots_and_branches_stand_side_by_side() {
        let zh = |template| pattern(Lang::Zh, template);
        assert_eq!(zh("应到 {{ due }} 人"), "应到 … 人");
        assert_eq!(zh("{{ a }}{{ b|date }}报送"), "…报送");
        assert_eq!(
            zh("没有{% if a == 1 %}甲{% elif b %}乙{{ b }}{% else %}丙{% endif %}。"),
            "没有〔甲／乙…／丙〕。"
        );
        assert_eq!(zh("甲{% if b %}（{% if c %}丙{% endif %}）{% endif %}"), "甲〔（〔丙〕）〕");
        assert_eq!(zh("写{编号: 1}"), "写{编号: 1}");
        assert_eq!(pattern(Lang::En, "{% if a %}x{% else %}y{% endif %}"), "[x | y]");
    }
}
