//! How far a build is: one line on standard error that is written over and over, on a terminal only. It takes no
//! colours and no other control than going back to the line's start.

use super::Ui;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use unicode_width::UnicodeWidthStr;

/// The longest name of a workspace that is shown, characters.
const LONGEST: usize = 20;

/// The line; silent where nobody sees it.
pub(super) struct Progress {
    shown: bool,
    at: Mutex<At>,
}

#[derive(Default)]
struct At {
    done: usize,
    total: Option<usize>,
    width: usize,
}

impl At {
    /// `text` to be written over what the line shows.
    fn over(&mut self, text: &str) -> String {
        let width = text.width();
        let rest = self.width.saturating_sub(width);
        self.width = width;
        format!("\r{text}{}", " ".repeat(rest))
    }
}

impl Progress {
    /// A line for standard error, if that is a terminal and nothing else is to be printed.
    pub(super) fn new(ui: &Ui) -> Self {
        Self { shown: std::io::stderr().is_terminal() && !ui.json(), at: Mutex::default() }
    }

    /// How many papers will be set, if that is all; one of many workspaces counts on.
    pub(super) fn begin(&self, total: Option<usize>) {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        at.total = total;
        if let Some(total) = total.filter(|total| *total > 0) {
            self.write(&mut at, &format!("0/{total}"));
        }
    }

    /// A paper of the workspace at `root` is finished.
    pub(super) fn step(&self, root: &Path, paper: &str) {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        at.done += 1;
        let name = root.file_name().unwrap_or_default().to_string_lossy();
        let name: String = name.chars().take(LONGEST).collect();
        let text = at.total.map_or_else(
            || format!("{} {name} {paper}", at.done),
            |total| format!("{}/{total} {paper}", at.done),
        );
        self.write(&mut at, &text);
    }

    /// Clears the line.
    pub(super) fn end(&self) {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        self.write(&mut at, "");
        self.out("\r");
    }

    fn write(&self, at: &mut At, text: &str) {
        self.out(&at.over(text));
    }

    fn out(&self, text: &str) {
        if self.shown {
            let mut out = std::io::stderr().lock();
            let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shorter_text_leaves_nothing_of_the_one_before() {
        let mut at = At::default();
        // Chinese is two columns wide.
        for (text, blank) in [("1/12 年度工作计划", 0), ("2/12 邀请函", 6), ("3/12 会议纪要", 0), ("", 13)]
        {
            assert_eq!(at.over(text), format!("\r{text}{}", " ".repeat(blank)));
        }
    }
}
