//! What a finished PDF says of itself to someone who does not see it: the structure tree, read by another program.

use crate::example::PAPERS;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, String as Bytes};

/// A node of the tree, with its depth.
#[derive(Debug)]
struct Node {
    depth: usize,
    role: String,
    title: Option<String>,
    alt: Option<String>,
}

/// A text string of a PDF: UTF-16 behind its mark, else what PDF calls its own encoding (here ASCII).
fn text(bytes: &Bytes<'_>) -> String {
    let bytes = bytes.as_bytes();
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(rest) => {
            let units: Vec<u16> = rest.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn walk(dict: &Dict<'_>, depth: usize, out: &mut Vec<Node>) {
    let role = dict.get::<Name<'_>>("S").map(|name| name.as_str().to_owned());
    if let Some(role) = role {
        let entry = |key: &str| dict.get::<Bytes<'_>>(key).map(|it| text(&it));
        out.push(Node { depth, role, title: entry("T"), alt: entry("Alt") });
    }
    if let Some(kids) = dict.get::<Array<'_>>("K") {
        kids.iter::<Object<'_>>().for_each(|kid| kid_of(kid, depth, out));
    } else if let Some(kid) = dict.get::<Dict<'_>>("K") {
        walk(&kid, depth + 1, out);
    }
}

fn kid_of(kid: Object<'_>, depth: usize, out: &mut Vec<Node>) {
    if let Object::Dict(kid) = kid {
        walk(&kid, depth + 1, out);
    }
}

fn root(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).expect("a catalog")
}

fn tree(pdf: &Pdf) -> Vec<Node> {
    let mut nodes = Vec::new();
    walk(&root(pdf).get::<Dict<'_>>("StructTreeRoot").expect("a structure tree"), 0, &mut nodes);
    nodes
}

fn bookmarks(first: Option<Dict<'_>>, out: &mut Vec<String>) {
    let mut item = first;
    while let Some(dict) = item {
        out.extend(dict.get::<Bytes<'_>>("Title").map(|it| text(&it)));
        bookmarks(dict.get("First"), out);
        item = dict.get("Next");
    }
}

/// The level of a heading's role, `H2`.
fn level(role: &str) -> Option<usize> {
    role.strip_prefix('H')?.parse().ok()
}

#[test]
fn every_paper_is_tagged_in_its_order() {
    let (mut tables, mut figures) = (0, 0);
    for paper in PAPERS.iter() {
        let pdf = Pdf::new(paper.sheet.pdf.clone()).expect("a PDF");
        let nodes = tree(&pdf);
        assert_eq!(nodes[0].role, "Document");
        let known = |role: &str| {
            level(role).is_some()
                || matches!(
                    role,
                    "Document"
                        | "Div"
                        | "P"
                        | "Table"
                        | "THead"
                        | "TBody"
                        | "TR"
                        | "TH"
                        | "TD"
                        | "Figure"
                        | "Caption"
                )
        };
        for pair in nodes.windows(2) {
            let [over, node] = pair else { continue };
            let of_caption = node.role == "Span" && over.role == "Caption";
            assert!(known(&node.role) || of_caption, "{}: {node:?}", paper.path);
        }
        let mut last = 0;
        for here in nodes.iter().filter_map(|node| level(&node.role)) {
            assert!(here <= last + 1, "{}: H{here} after H{last}", paper.path);
            last = here;
        }
        let headings: Vec<&str> = nodes
            .iter()
            .filter(|node| level(&node.role).is_some())
            .filter_map(|node| node.title.as_deref())
            .collect();
        let mut marks = Vec::new();
        bookmarks(root(&pdf).get::<Dict<'_>>("Outlines").and_then(|it| it.get("First")), &mut marks);
        assert_eq!(headings, marks, "{}", paper.path);
        // The order of the tree is the order in which the headings were set.
        let set: String = paper.sheet.runs.iter().map(|run| run.text.as_str()).collect();
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let mut rest = bare(&set);
        for heading in headings {
            let heading = bare(heading);
            let at = rest.find(&heading).unwrap_or_else(|| panic!("{}: {heading}", paper.path));
            rest.drain(..at + heading.len());
        }
        for (at, node) in nodes.iter().enumerate() {
            let below = || nodes[at + 1..].iter().take_while(|it| it.depth > node.depth);
            let count = |role: &str| below().filter(|it| it.role == role).count();
            match node.role.as_str() {
                "Table" => {
                    tables += 1;
                    assert_eq!((count("THead"), count("TBody")), (1, 1), "{}", paper.path);
                    assert_eq!(count("TD"), count("TH") * (count("TR") - 1), "{}", paper.path);
                }
                "Figure" => {
                    figures += 1;
                    assert!(node.alt.as_ref().is_some_and(|alt| !alt.is_empty()), "{}", paper.path);
                }
                _ => {}
            }
        }
    }
    assert!(tables > 5 && figures > 0, "{tables} tables, {figures} figures");
}

#[test]
fn every_paper_says_its_language_and_shows_its_title() {
    for paper in PAPERS.iter() {
        let pdf = Pdf::new(paper.sheet.pdf.clone()).expect("a PDF");
        let root = root(&pdf);
        assert_eq!(text(&root.get("Lang").expect("a language")), "zh-CN");
        let shown =
            root.get::<Dict<'_>>("ViewerPreferences").and_then(|it| it.get::<bool>("DisplayDocTitle"));
        assert_eq!(shown, Some(true), "{}", paper.path);
    }
}

#[test]
fn page_numbers_are_no_part_of_the_text() {
    for paper in PAPERS.iter() {
        let pdf = Pdf::new(paper.sheet.pdf.clone()).expect("a PDF");
        for (at, page) in pdf.pages().iter().enumerate() {
            let mut open: Vec<bool> = Vec::new();
            let (mut aside, mut loose) = (0, 0);
            let mut operations = page.typed_operations();
            while let Some(operation) = operations.next() {
                match operation {
                    TypedInstruction::BeginMarkedContentWithProperties(it) => {
                        open.push(it.0.as_str() == "Artifact");
                    }
                    TypedInstruction::BeginMarkedContent(it) => open.push(it.0.as_str() == "Artifact"),
                    TypedInstruction::EndMarkedContent(_) => drop(open.pop()),
                    TypedInstruction::ShowText(_) | TypedInstruction::ShowTexts(_) if open.is_empty() => {
                        loose += 1;
                    }
                    TypedInstruction::ShowText(_) | TypedInstruction::ShowTexts(_) => {
                        aside += usize::from(open.contains(&true));
                    }
                    _ => {}
                }
            }
            let number = paper.sheet.runs.iter().any(|run| run.page == at + 1 && run.furniture);
            assert_eq!(loose, 0, "{} page {}", paper.path, at + 1);
            assert_eq!(aside > 0, number, "{} page {}", paper.path, at + 1);
        }
    }
}
