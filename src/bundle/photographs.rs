//! The photographs of a bundle: those that the activities of a parcel name go in, their copies come out as files of the
//! payload. Refused: what is no picture, with the place where it is named.

use super::payload::Payload;
use super::submission::Photograph;
use super::{Packer, Parcel, Role, tidy_name};
use crate::build::{Job, PhotoCopy, gather, share, wanted};
use crate::finding::Finding;
use crate::media::Purpose;
use crate::model::{Activity, Photo};
use crate::workspace::Loaded;

impl Packer<'_> {
    /// Makes the copies of photographs that are not there, on all cores.
    pub(super) fn make_copies(&self, parcel: &Parcel, missing: &[Job]) {
        let bagged = self.bagged(parcel).into_iter().map(|(activity, _, photo)| (&*activity.file, photo));
        let mut wanted = wanted(missing, bagged);
        wanted.retain(|one| self.maker.lacks(one));
        share(wanted.len(), self.maker.workers, |at| self.maker.make_copies(self.output, &wanted[at]));
    }

    /// The photographs of a parcel, with their activity and their place in it.
    fn bagged<'p>(&'p self, parcel: &'p Parcel) -> Vec<(&'p Loaded<Activity>, usize, &'p Photo)> {
        let mut bagged = Vec::new();
        for activity in parcel.photographs.iter().filter_map(|file| self.activity(file)) {
            let photos = activity.model.photos.iter().enumerate();
            let named = photos.filter(|(_, photo)| !photo.file.is_empty());
            bagged.extend(named.map(|(index, photo)| (activity, index, photo)));
        }
        bagged
    }

    pub(super) fn photographs(
        &self,
        parcel: &Parcel,
        files: &mut Payload,
    ) -> Result<Vec<Photograph>, Vec<Finding>> {
        let photos = self.bagged(parcel);
        let copies = gather(photos.len(), self.maker.workers, |at| {
            let (activity, _, photo) = photos[at];
            self.maker.copy(&activity.file, photo, Purpose::Bag)
        });
        let mut packed = Vec::new();
        for ((activity, index, photo), copy) in photos.into_iter().zip(copies) {
            let place = || self.maker.workspace.place(&activity.file, &format!("/图片/{index}/文件"));
            let folder = if parcel.photographs.len() > 1 {
                format!("图片/{}", tidy_name(&activity.model.id))
            } else {
                "图片".to_owned()
            };
            let copy = copy.map_err(|finding| vec![finding.fact("file", &*photo.file).at(place())])?;
            packed.push(Self::photograph(&folder, index, photo, copy, files).map_err(|findings| {
                findings.into_iter().map(|finding| finding.at(place())).collect::<Vec<_>>()
            })?);
        }
        Ok(packed)
    }

    fn photograph(
        folder: &str,
        index: usize,
        photo: &Photo,
        made: PhotoCopy,
        files: &mut Payload,
    ) -> Result<Photograph, Vec<Finding>> {
        let original = photo.file.replace('\\', "/");
        let stem = original.rsplit('/').next().unwrap_or(&original);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let numbered = stem.starts_with(|c: char| c.is_ascii_digit());
        let name = if numbered { stem.to_owned() } else { format!("{:02}-{stem}", index + 1) };
        let path = format!("{folder}/{}.jpg", tidy_name(&name));
        let path = files.add(&path, made.content, None, Role::Material)?.path;
        Ok(Photograph {
            path,
            original,
            original_sha256: made.original,
            caption: photo.caption.as_ref().map(ToString::to_string),
            size: made.size,
        })
    }
}
