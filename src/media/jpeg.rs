//! Whether a JPEG file was transmitted to its end: bytes go in, yes or no comes out.
//!
//! The decoder fills what is missing with grey and says nothing, so this is looked at beforehand.

/// Whether the end marker (EOI) follows the last scan; bytes behind it, as telephones append them, do
/// not matter.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    const STUFFED: u8 = 0x00;
    const FILL: u8 = 0xff;
    const END: u8 = 0xd9;
    let mut at = 2;
    while let Some(&[mark, kind]) = bytes.get(at..).and_then(<[u8]>::first_chunk::<2>) {
        at = match (mark, kind) {
            (0xff, END) => return true,
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
    use super::is_complete;

    const WHOLE: &[u8] = b"\xff\xd8\xff\xe1\0\x04\xff\xd9\xff\xda\0\x02\x12\xff\0\xff\xd0\x34\xff\xd9tail";

    #[test]
    fn an_end_marker_inside_a_segment_does_not_count() {
        assert!(is_complete(WHOLE));
        for cut in 0..WHOLE.len() - 4 {
            assert!(!is_complete(&WHOLE[..cut]), "{cut}");
        }
    }
}
