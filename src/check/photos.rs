//! Photographs: that the file is there, inside the workspace, and a picture that can be used.

use super::Context;
use crate::finding::Finding;
use crate::media;
use crate::model::{Activity, Photo};
use crate::workspace::Loaded;
use rayon::prelude::*;
use std::fs::{File, Metadata};
use std::path::{Component, Path, PathBuf};

/// The largest photograph file that is read, bytes.
const MAX_BYTES: u64 = 100 * 1024 * 1024;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let activities = context.workspace.activities.iter();
    let photos: Vec<_> =
        activities.flat_map(|it| it.model.photos.iter().enumerate().map(move |photo| (it, photo))).collect();
    let one = |(activity, (index, photo)): &(&Loaded<Activity>, (usize, &Photo))| {
        let place = context.at(activity, &format!("/图片/{index}/文件"));
        let fault = look(&context.workspace.root, &activity.file, photo).err();
        let mute = photo.caption.is_none() && activity.sound(&format!("/图片/{index}/说明"));
        let mute = mute.then(|| Finding::new("photo/no-caption").fact("file", &*photo.file));
        fault.into_iter().chain(mute).map(move |finding| finding.at(place.clone()))
    };
    photos.par_iter().filter(|(_, (_, photo))| !photo.file.is_empty()).flat_map_iter(one).collect()
}

/// Whether a photograph can be used, told by as little of it as tells.
fn look(root: &Path, file: &str, photo: &Photo) -> Result<(), Finding> {
    let (real, _) = locate(root, file, photo)?;
    let looked = File::open(&real).and_then(media::inspect_file).map_err(|error| unreadable(&error))?;
    looked.map(|_| ()).map_err(|finding| finding.fact("file", &*photo.file))
}

/// The bytes of a photograph that `file` of the workspace at `root` names.
///
/// # Errors
/// `workspace/outside-path`, `media/missing`, `media/too-many-bytes`, `workspace/unreadable`; without place.
pub fn load(root: &Path, file: &str, photo: &Photo) -> Result<Vec<u8>, Finding> {
    let (real, _) = locate(root, file, photo)?;
    std::fs::read(&real).map_err(|error| unreadable(&error))
}

/// Where that photograph really lies, and what the system says of it; nothing is read.
///
/// # Errors
/// As [`load`].
pub fn locate(root: &Path, file: &str, photo: &Photo) -> Result<(PathBuf, Metadata), Finding> {
    let name = photo.file.replace('\\', "/");
    let outside = || Finding::new("workspace/outside-path").fact("path", name.as_str());
    let path = inside(root, file, &name).ok_or_else(outside)?;
    let Ok(real) = std::fs::canonicalize(&path) else {
        let other = other_case(root, &path).map(|other| match name.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{other}"),
            None => other,
        });
        return Err(Finding::new("media/missing").fact("file", name.as_str()).fact("other", other));
    };
    if !std::fs::canonicalize(root).is_ok_and(|root| real.starts_with(root)) {
        return Err(outside());
    }
    let metadata = std::fs::metadata(&real).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(Finding::new("media/missing").fact("file", name.as_str()).fact("other", None::<String>));
    }
    if metadata.len() > MAX_BYTES {
        let finding = Finding::new("media/too-many-bytes").fact("file", name.as_str());
        return Err(finding
            .fact("mib", metadata.len() / (1024 * 1024))
            .fact("limit_mib", MAX_BYTES / (1024 * 1024)));
    }
    Ok((real, metadata))
}

/// The name of a file beside `path` that differs from it in case only; folders outside the workspace are not looked at.
fn other_case(root: &Path, path: &Path) -> Option<String> {
    let folder = std::fs::canonicalize(path.parent()?).ok()?;
    let inside = std::fs::canonicalize(root).is_ok_and(|root| folder.starts_with(root));
    let wanted = path.file_name()?.to_str()?.to_lowercase();
    let entries = std::fs::read_dir(folder).ok().filter(|_| inside)?.flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| name.to_lowercase() == wanted).min()
}

fn unreadable(error: &std::io::Error) -> Finding {
    Finding::new("workspace/unreadable").fact("cause", error.to_string())
}

/// `name` as seen from the folder of `file`; none when it leads out of the workspace.
fn inside(root: &Path, file: &str, name: &str) -> Option<PathBuf> {
    let mut depth = file.split('/').count().checked_sub(1)?;
    let mut path = root.join(file).parent()?.to_owned();
    for component in Path::new(name).components() {
        match component {
            Component::Normal(part) => {
                depth += 1;
                path.push(part);
            }
            Component::CurDir => {}
            Component::ParentDir => {
                depth = depth.checked_sub(1)?;
                path.pop();
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (!name.contains(':')).then_some(path)
}
