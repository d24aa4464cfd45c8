//! The press draft as text to be pasted elsewhere: in goes the paper whose page is set as PDF, out come plain text and
//! Markdown. What is kept off the page is in neither.

use super::Job;
use super::texts::{PRESS_MARKDOWN, PRESS_TEXT, Texts};
use crate::compose::{Paper, PaperKind};
use crate::finding::Finding;
use serde_json::{Value, json};

impl Texts {
    /// The texts of a press draft, by their paths below the output folder; none of another paper.
    ///
    /// # Errors
    /// `page/template`, each with the paper's path as `document`.
    pub fn press(&self, job: &Job) -> Result<Vec<(String, String)>, Finding> {
        // A page with the grid drawn over it is a proof of the page alone.
        if job.paper.kind != PaperKind::Press || job.paper.page.style.overlay {
            return Ok(Vec::new());
        }
        let stem = job.path.trim_end_matches(".pdf");
        let facts = facts(&job.paper);
        let made = [(PRESS_TEXT, "txt"), (PRESS_MARKDOWN, "md")].map(|(template, extension)| {
            let path = format!("{stem}.{extension}");
            let text = self.render(template, &facts).map_err(|fault| fault.fact("document", path.as_str()));
            text.map(|text| (path, text))
        });
        made.into_iter().collect()
    }
}

/// What the templates know of a press draft.
fn facts(paper: &Paper) -> Value {
    let page = &paper.page;
    let mut body = serde_json::to_value(&page.body).unwrap_or_default();
    let mut pictures = Vec::new();
    for block in body.as_array_mut().into_iter().flatten() {
        let Some(picture) = paper.pictures.iter().find(|picture| block["path"] == picture.path) else {
            continue;
        };
        block["number"] = json!(pictures.len() + 1);
        block["file"] = json!(picture.photo.file.replace('\\', "/"));
        pictures.push(block.clone());
    }
    json!({
        "title": page.meta.title,
        "subtitle": page.subtitle,
        "body": body,
        "pictures": pictures,
        "credit": page.credit,
        "group": page.meta.author,
    })
}
