//! `docs/regulation.md` and `docs/rules.md`: every article has its answer, every rule its place, and both pages are
//! what the rulebook says.

use crate::checked::rulebook;
use crate::program::{baosong, project};
use baosong::report::{anchor, ordinal};
use baosong::rulebook::{Aspect, Rule};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// The tables that `baosong table` knows.
const TABLES: [&str; 8] =
    ["attendance", "tasks", "replies", "completion", "activities", "publicity", "budget", "deadlines"];

const LAST: usize = 23;

/// A section of the page: its article and its lines.
struct Article {
    name: String,
    lines: Vec<String>,
}

fn page() -> (PathBuf, String) {
    let path = project().join("docs/regulation.md");
    let text = fs::read_to_string(&path).expect("the page").replace("\r\n", "\n");
    (path, text)
}

fn articles(page: &str) -> Vec<Article> {
    let sections = page.split("\n## ").skip(1);
    let article = |section: &str| {
        let mut lines = section.lines().map(str::to_owned);
        Article { name: lines.next().unwrap_or_default(), lines: lines.collect() }
    };
    sections.map(article).filter(|article| article.name.starts_with('第')).collect()
}

fn of_article(article: &str) -> Vec<&'static Rule> {
    rulebook().rules().filter(|rule| rule.articles().contains(&article)).collect()
}

/// What stands between the marks of an article.
fn list(article: &str) -> String {
    let rules = of_article(article);
    if rules.is_empty() {
        return String::new();
    }
    let line = |rule: &&Rule| {
        let fact = if rule.aspect == Aspect::Fact { "（事实）" } else { "" };
        format!("- [{}](rules.md#{}) {}{fact}\n", rule.id, anchor(&rule.id), rule.title.zh)
    };
    format!("规则：\n\n{}", rules.iter().map(line).collect::<String>())
}

/// The page with the lists of rules as they should be.
fn filled(page: &str) -> String {
    let mut out = String::new();
    let mut parts = page.split("<!-- rules:");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (article, rest) = part.split_once(" -->").expect("a mark");
        let (_, after) = rest.split_once("<!-- end -->").expect("the other mark");
        out.push_str(&format!("<!-- rules:{article} -->\n{}<!-- end -->{after}", list(article)));
    }
    out
}

/// The rules that a page links to.
fn linked(text: &str) -> Vec<(String, String)> {
    let links = text.split("](rules.md#").collect::<Vec<_>>();
    let pairs = links.windows(2).filter_map(|pair| {
        let id = pair[0].rsplit('[').next()?.to_owned();
        Some((id, pair[1].split(')').next()?.to_owned()))
    });
    pairs.collect()
}

/// The committed page, written anew when asked to.
fn committed(path: &std::path::Path, wanted: &str) -> String {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, wanted).expect("the page");
    }
    fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n")
}

#[test]
fn the_page_lists_the_rules_of_every_article() {
    let (path, text) = page();
    let wanted = filled(&text);
    assert!(committed(&path, &wanted) == wanted, "stale: run UPDATE=1 cargo test --test all regulation");
}

#[test]
fn every_article_has_its_answer() {
    let (_, text) = page();
    let text = filled(&text);
    let articles = articles(&text);
    let order: Vec<usize> = articles.iter().map(|article| ordinal(&article.name)).collect();
    assert_eq!(order, (1..=LAST).collect::<Vec<_>>());
    for article in &articles {
        let body = article.lines.join("\n");
        let rules = linked(&body).iter().any(|(id, _)| {
            rulebook().rule(id).is_some_and(|rule| rule.articles().contains(&article.name.as_str()))
        });
        let tables: Vec<&str> =
            body.split("`baosong table ").skip(1).filter_map(|rest| rest.split('`').next()).collect();
        for table in &tables {
            assert!(TABLES.contains(table), "{}: no table {table}", article.name);
        }
        let without = article.lines.iter().any(|line| line.starts_with("不需要："));
        assert!(rules || !tables.is_empty() || without, "{} has no answer", article.name);
        assert!(body.contains(&format!("<!-- rules:{} -->", article.name)), "{} has no list", article.name);
    }
}

#[test]
fn every_rule_stands_under_its_articles_and_every_link_leads_to_one() {
    let (_, text) = page();
    let text = filled(&text);
    let articles = articles(&text);
    for rule in rulebook().rules() {
        assert_eq!(rule.article.is_some(), !rule.articles().is_empty(), "{}", rule.id);
        for cited in rule.articles() {
            let article = articles.iter().find(|article| article.name == cited);
            let article = article.unwrap_or_else(|| panic!("{} cites {cited}", rule.id));
            assert!(article.lines.join("\n").contains(&format!("[{}]", rule.id)), "{} in {cited}", rule.id);
        }
    }
    for (id, to) in linked(&text) {
        assert!(rulebook().rule(&id).is_some(), "there is no rule {id}");
        assert_eq!(to, anchor(&id));
    }
}

#[test]
fn the_page_of_all_rules_is_what_the_program_prints() {
    let said = baosong(project(), ["explain", "--all"]).ends_with(0).out;
    let path = project().join("docs/rules.md");
    assert!(committed(&path, &said) == said, "stale: run UPDATE=1 cargo test --test all regulation");
    let headings: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let anchors: BTreeSet<String> = headings.iter().map(|id| anchor(id)).collect();
    assert_eq!(anchors.len(), rulebook().rules().count());
    for id in &headings {
        assert!(said.contains(&format!("[{id}](#{})", anchor(id))), "{id} is in no table of contents");
    }
    assert!(!said.contains("{{ ") && !said.contains("{% "), "a template shows");
    assert_eq!(said.matches("```").count() % 2, 0);
    let english = baosong(project(), ["explain", "--all", "--lang", "en"]).ends_with(0).out;
    assert_eq!(english.lines().filter(|line| line.starts_with("### ")).count(), headings.len());
}

#[test]
fn every_switch_is_named_by_a_rule_and_every_name_is_a_switch() {
    let named: BTreeSet<&str> =
        rulebook().rules().flat_map(|rule| &rule.switches).map(String::as_str).collect();
    let known: BTreeSet<&str> = rulebook().terms.switches.keys().map(String::as_str).collect();
    assert_eq!(named, known);
}
