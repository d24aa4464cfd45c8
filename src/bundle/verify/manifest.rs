//! The files of a bag beside its payload: their bytes go in; declaration, description and lists of sums
//! come out. Lines that are no lines of a manifest, and paths that lead out of the bag, are named.

use super::container::{Container, stays_below};
use super::digests::Algorithm;
use super::layout::{Layout, composed};
use crate::bundle::info::BagInfo;
use crate::finding::Finding;
use encoding_rs::{Encoding, UTF_8};
use std::collections::{BTreeMap, BTreeSet};

/// After so many bad lines a file is no manifest, and the rest of it is passed over.
const MAX_BAD_LINES: usize = 50;

/// How many characters of a bad line are shown.
const LINE_SHOWN: usize = 120;

/// One manifest: which file has which sum.
pub(super) struct Manifest {
    pub(super) algorithm: Algorithm,
    /// The sum in small hex digits, by composed path.
    pub(super) sums: BTreeMap<String, String>,
}

/// What stands beside the payload.
pub(super) struct TagFiles {
    pub(super) info: BagInfo,
    pub(super) payload: Vec<Manifest>,
    pub(super) tags: Vec<Manifest>,
    /// Payload files that the bag says are to be fetched from elsewhere (RFC 8493, 2.2.3).
    pub(super) fetch: BTreeSet<String>,
    /// Whether all payload manifests must list all files, as from version 1.0 on.
    pub(super) lists_are_complete: bool,
}

impl TagFiles {
    /// Reads them; what is odd goes to the layout's findings.
    pub(super) fn read(container: &mut dyn Container, layout: &mut Layout) -> Result<Self, Finding> {
        let declaration = layout.read_small(container, "bagit.txt")?.unwrap_or_default();
        let (version, encoding) = declare(&declaration, &mut layout.findings);
        let names: Vec<String> = layout.top().map(str::to_owned).collect();
        let mut files = Self {
            info: BagInfo::default(),
            payload: Vec::new(),
            tags: Vec::new(),
            fetch: BTreeSet::new(),
            lists_are_complete: version == "1.0",
        };
        for name in names {
            let Some(kind) = TagFile::named(&name) else { continue };
            let bytes = layout.read_small(container, &name)?.unwrap_or_default();
            let (text, is_damaged) = encoding.decode_with_bom_removal(&bytes);
            if is_damaged {
                let finding = Finding::new("bag/encoding").fact("path", name.as_str());
                layout.findings.push(finding.fact("encoding", encoding.name()));
            }
            match kind {
                TagFile::Info => files.info = BagInfo::parse(&text),
                TagFile::Fetch => files.fetch = fetched(&text),
                TagFile::Payload(algorithm) => {
                    let sums = lines(&name, &text, algorithm, true, layout);
                    files.payload.push(Manifest { algorithm, sums });
                }
                TagFile::Tags(algorithm) => {
                    let sums = lines(&name, &text, algorithm, false, layout);
                    files.tags.push(Manifest { algorithm, sums });
                }
                TagFile::Unknown(algorithm) => {
                    let finding = Finding::new("bag/unknown-algorithm").fact("path", name.as_str());
                    layout.findings.push(finding.fact("algorithm", algorithm));
                }
            }
        }
        if files.payload.is_empty() {
            layout.findings.push(Finding::new("bag/no-manifest"));
        }
        Ok(files)
    }

    /// Whether some manifest lists this payload file, given by its composed path.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.payload.iter().any(|manifest| manifest.sums.contains_key(path))
    }

    /// Every kind of sum that is wanted.
    pub(super) fn algorithms(&self) -> BTreeSet<Algorithm> {
        self.payload.iter().chain(&self.tags).map(|manifest| manifest.algorithm).collect()
    }
}

/// What a file at the top of a bag is for.
enum TagFile {
    Info,
    Fetch,
    Payload(Algorithm),
    Tags(Algorithm),
    Unknown(String),
}

impl TagFile {
    fn named(name: &str) -> Option<Self> {
        match name {
            "bag-info.txt" => return Some(Self::Info),
            "fetch.txt" => return Some(Self::Fetch),
            _ => {}
        }
        let (make, algorithm): (fn(Algorithm) -> Self, _) = match name.strip_prefix("tagmanifest-") {
            Some(rest) => (Self::Tags, rest),
            None => (Self::Payload, name.strip_prefix("manifest-")?),
        };
        let algorithm = algorithm.strip_suffix(".txt")?;
        Some(Algorithm::named(algorithm).map_or_else(|| Self::Unknown(algorithm.to_owned()), make))
    }
}

/// Version and encoding of `bagit.txt` (RFC 8493, 2.1.1).
fn declare(bytes: &[u8], findings: &mut Vec<Finding>) -> (String, &'static Encoding) {
    const BOM: &[u8] = b"\xef\xbb\xbf";
    let mut complain = |reason: &'static str, found: &str| {
        findings.push(Finding::new("bag/declaration").fact("reason", reason).fact("found", found));
    };
    if bytes.starts_with(BOM) {
        complain("bom", "");
    }
    let text = String::from_utf8_lossy(bytes.strip_prefix(BOM).unwrap_or(bytes));
    let declared = BagInfo::parse(&text);
    let version = declared.get("BagIt-Version").unwrap_or_default();
    if !["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"].contains(&version) {
        complain("version", version);
    }
    let label = declared.get("Tag-File-Character-Encoding").unwrap_or_default();
    let encoding = Encoding::for_label(label.as_bytes());
    if encoding.is_none() {
        complain("encoding", label);
    }
    (version.to_owned(), encoding.unwrap_or(UTF_8))
}

/// The lines of one manifest (RFC 8493, 2.1.3, 2.2.1).
fn lines(
    file: &str,
    text: &str,
    algorithm: Algorithm,
    is_payload: bool,
    layout: &mut Layout,
) -> BTreeMap<String, String> {
    let mut sums = BTreeMap::new();
    let mut bad = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let rule = match split(line, algorithm) {
            Some((_, path)) if !stays_below(path) => "bag/path-escapes",
            Some((sum, path)) if path.starts_with("data/") == is_payload => {
                match sums.insert(known(path, layout), sum) {
                    None => continue,
                    Some(_) => "bag/listed-twice",
                }
            }
            _ => "bag/bad-manifest-line",
        };
        let shown: String = line.chars().take(LINE_SHOWN).collect();
        bad.push(Finding::new(rule).fact("path", file).fact("line", index + 1).fact("text", shown));
        if bad.len() == MAX_BAD_LINES {
            break;
        }
    }
    layout.findings.append(&mut bad);
    sums
}

/// Sum and path of a line; `*` and `./` before the path are the marks of the `md5sum` family.
fn split(line: &str, algorithm: Algorithm) -> Option<(String, &str)> {
    let (sum, path) = line.split_once([' ', '\t'])?;
    let path = path.trim_start_matches([' ', '\t']);
    let path = path.strip_prefix('*').unwrap_or(path);
    let path = path.strip_prefix("./").unwrap_or(path);
    let is_sum = sum.len() == algorithm.digits() && sum.bytes().all(|digit| digit.is_ascii_hexdigit());
    (is_sum && !path.is_empty()).then(|| (sum.to_ascii_lowercase(), path))
}

/// The composed path a manifest means: as it stands if there is such a file, else with `%0A`, `%0D` and
/// `%25` read as line ends and `%`, which not all programs write so.
fn known(path: &str, layout: &Layout) -> String {
    let path = composed(path);
    if !path.contains('%') || layout.has(&path) {
        return path;
    }
    let decoded = path.replace("%0A", "\n").replace("%0a", "\n").replace("%0D", "\r").replace("%0d", "\r");
    decoded.replace("%25", "%")
}

/// The paths of `fetch.txt`: address, length, path.
fn fetched(text: &str) -> BTreeSet<String> {
    let path = |line: &str| line.splitn(3, [' ', '\t']).nth(2).map(|path| composed(path.trim()));
    text.lines().filter_map(path).collect()
}
