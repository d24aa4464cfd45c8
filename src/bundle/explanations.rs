//! 情况说明 in the letter of a year: the facts of its parcel go in, what the letters of plan, activities and summary said
//! of them comes out. A sending without a listed fact, and words that the letter has anyway, are left out.

use super::Parcel;
use crate::finding::Place;
use crate::model::Prose;
use crate::workspace::{Sending, Workspace};

/// Of what each explanation was, in words, and the explanation.
pub(super) fn explanations<'a>(
    workspace: &'a Workspace,
    parcel: &Parcel,
    facts: &[&Place],
) -> Vec<(String, &'a Prose)> {
    let is_part = |it: &Sending<'_>| {
        it.kind != "year"
            && parcel.papers.iter().any(|(file, _)| file == it.file)
            && facts.iter().any(|place| it.tells_of(workspace, place))
    };
    let sendings = workspace.sendings().into_iter().filter(|it| parcel.kind == "year" && is_part(it));
    let own = parcel.submission.explanation.as_ref();
    let told = sendings.filter_map(|it| Some((it, it.explanation()?)));
    told.filter(|(_, prose)| Some(*prose) != own)
        .map(|(it, prose)| (Parcel::of(workspace, &it).map_or_else(|| it.id(), |parcel| parcel.what), prose))
        .collect()
}
