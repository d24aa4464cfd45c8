//! A new version under the number of the old letter: a parcel goes in, the earlier version that lies beside its bundle
//! and has the same number comes out. Only a bundle that is where it was packed is known.

use crate::bundle::{Parcel, verify};
use crate::derive::file_number::next_number;
use crate::finding::Finding;
use crate::model::Submission;
use crate::workspace::Workspace;
use std::path::PathBuf;

/// So many versions back are looked at.
const BACK: usize = 9;

/// The finding, if there is one; `path` says where a bundle of that name would lie.
pub(super) fn number_kept(
    workspace: &Workspace,
    parcel: &Parcel,
    path: &dyn Fn(&str) -> PathBuf,
) -> Option<Finding> {
    let submission = &parcel.submission;
    let (version, number) = (submission.version?, submission.number.as_deref()?);
    (1..version).rev().take(BACK).find_map(|other| {
        let earlier = Submission { version: Some(other), ..submission.clone() };
        let path = path(&Parcel { submission: earlier, ..parcel.clone() }.name(workspace));
        let said = verify(&path).ok()?.submission?;
        let same = said["number"] == number && said["kind"] == parcel.kind && said["version"] == other;
        let (file, key) = parcel.letter()?;
        same.then(|| {
            Finding::new("run/number-kept")
                .at(workspace.place(file, &format!("/{key}/文号")))
                .fact("where", key)
                .fact("version", version)
                .fact("other", other)
                .fact("number", number)
                .fact("path", path.to_string_lossy())
                .fact("next", next_number(workspace, parcel.year).map(|next| next.to_string()))
        })
    })
}
