//! A page of the book as a reader of Markdown sees it: blocks of code, links, anchors.

use crate::program::project;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::fs;

/// A fenced block.
#[derive(Debug)]
pub(super) struct Block {
    /// What stands behind the fence.
    pub(super) info: String,
    /// What stands in it.
    pub(super) text: String,
}

impl Block {
    /// The language: `sh`, `yaml`, `text` …
    pub(super) fn kind(&self) -> &str {
        self.info.split(' ').next().unwrap_or_default()
    }

    /// The value of `key=value` behind the fence.
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        self.info.split(' ').find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) blocks: Vec<Block>,
    pub(super) links: Vec<String>,
    pub(super) anchors: BTreeSet<String>,
}

impl Page {
    /// The page `name` of `docs/`.
    pub(super) fn read(name: &str) -> Self {
        let text = fs::read_to_string(project().join("docs").join(name)).unwrap().replace("\r\n", "\n");
        let mut page = Self::default();
        let (mut block, mut heading): (Option<Block>, Option<String>) = (None, None);
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    block = Some(Block { info: info.to_string(), text: String::new() });
                }
                Event::End(TagEnd::CodeBlock) => page.blocks.extend(block.take()),
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page.add_anchor(&heading.take().unwrap_or_default()),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.to_string());
                }
                Event::Text(text) | Event::Code(text) => {
                    for part in block.as_mut().map(|block| &mut block.text).into_iter().chain(&mut heading) {
                        part.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        page
    }

    /// As mdBook and GitHub name a heading; a second one of the same name has a number.
    fn add_anchor(&mut self, heading: &str) {
        let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        let name: String = kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
        let numbered = (1..).map(|number| format!("{name}-{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !self.anchors.contains(name));
        self.anchors.extend(free);
    }
}
