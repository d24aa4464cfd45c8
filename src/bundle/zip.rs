//! Writing a bag to a file: the bag goes in, and as soon as they are set the papers that show its check code; the zip's
//! SHA-256 sum comes out. What can be written and summed early is.

use super::{Bag, Begun, Entry, Stopped};
use crate::checksum::{Checksum, Summing};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::thread;

/// The zip of a bundle, but for the papers that show the check code.
pub struct Zip {
    file: File,
    begun: Begun<File>,
    /// The sum of what is final, and where that ends.
    summed: (Summing, u64),
    /// The papers that are still to come.
    pub(super) covers: Vec<Entry>,
}

impl Zip {
    /// Writes what there is by now, and sums it.
    pub(super) fn begin(bag: Bag, file: File) -> Result<Self, Stopped> {
        let mut begun = bag.begin(file.try_clone().map_err(Stopped::Io)?)?;
        let mut sum = |mut file: &File| {
            let end = file.stream_position()?;
            begun.declare()?;
            let at = file.stream_position()?;
            file.rewind()?;
            let mut summing = Summing::default();
            summing.read(file.take(end))?;
            file.seek(SeekFrom::Start(at))?;
            Ok((summing, end))
        };
        let summed = thread::scope(|scope| {
            // The disk may begin.
            scope.spawn(|| file.sync_data());
            sum(&file)
        });
        Ok(Self { summed: summed.map_err(Stopped::Io)?, file, begun, covers: Vec::new() })
    }

    /// Writes the rest, down to the disk, and gives the SHA-256 sum of the whole.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> io::Result<Checksum> {
        let Self { mut file, begun, summed: (mut summing, end), covers } = self;
        begun.finish(covers)?;
        file.seek(SeekFrom::Start(end))?;
        summing.read(&file)?;
        file.sync_all()?;
        Ok(summing.finish())
    }
}
