//! Whether a JPEG file was transmitted to its end: all its bytes go in, or head and end; yes or no comes out.
//!
//! The decoder fills what is missing with grey and says nothing, so this is looked at beforehand.

const STUFFED: u8 = 0x00;
const FILL: u8 = 0xff;
const SCAN: u8 = 0xda;
const END: u8 = 0xd9;

/// Whether the end marker (EOI) follows the last scan; bytes behind it, as telephones append them, do
/// not matter.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    finds(bytes, END)
}

/// What stands at most between the marker of a scan and its data, bytes: a length, a count, four components, three
/// parameters.
const SCAN_HEADER: usize = 2 + 1 + 4 * 2 + 3;

/// Whether the head of a file holds all before the data of the first scan.
pub(super) fn reaches_scan(head: &[u8]) -> bool {
    finds(&head[..head.len().saturating_sub(SCAN_HEADER)], SCAN)
}

/// Whether an end marker stands in the last part of a file, all of it behind the beginning of the first scan. No data of
/// a scan looks like one; what is appended may, but it is appended to what has an end.
pub(super) fn ends_scan(tail: &[u8]) -> bool {
    tail.windows(2).rev().any(|pair| pair == [0xff, END])
}

/// Whether there is a marker of that kind that does not lie inside a segment.
fn finds(bytes: &[u8], wanted: u8) -> bool {
    let mut at = 2;
    while let Some(&[mark, kind]) = bytes.get(at..).and_then(<[u8]>::first_chunk::<2>) {
        at = match (mark, kind) {
            (0xff, kind) if kind == wanted => return true,
            (0xff, END) => return false,
            // The second byte may be the marker's first.
            (0xff, FILL) => at + 1,
            // Inside a scan: a stuffed byte or a restart marker. 01 and D8 carry no length either.
            (0xff, STUFFED | 0x01 | 0xd0..=0xd8) => at + 2,
            (0xff, _) => match bytes.get(at + 2..).and_then(<[u8]>::first_chunk::<2>) {
                Some(length) => at + 2 + usize::from(u16::from_be_bytes(*length)),
                None => return false,
            },
            _ => at + 1,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{ends_scan, is_complete, reaches_scan};

    const WHOLE: &[u8] = b"\xff\xd8\xff\xe1\0\x04\xff\xd9\xff\xda\0\x02\x12\xff\0\xff\xd0\x34\xff\xd9tail";

    #[test]
    fn an_end_marker_inside_a_segment_does_not_count() {
        assert!(is_complete(WHOLE));
        for cut in 0..WHOLE.len() - 4 {
            assert!(!is_complete(&WHOLE[..cut]), "{cut}");
        }
    }

    #[test]
    fn head_and_tail_tell_the_same() {
        let scan = WHOLE.windows(2).position(|pair| pair == b"\xff\xda").unwrap();
        let head = |end: usize| [&WHOLE[..end], &[1; super::SCAN_HEADER]].concat();
        assert!(!reaches_scan(&head(scan)) && reaches_scan(&head(scan + 2)));
        assert!(!reaches_scan(&head(scan + 2)[..head(scan + 1).len()]));
        let tail = &WHOLE[scan + 2..];
        assert!(ends_scan(tail));
        assert!((0..=tail.len() - 5).all(|cut| !ends_scan(&tail[..cut])));
    }
}
