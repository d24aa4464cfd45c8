//! Marks, by what they do at the ends of lines and beside each other (GB/T 15834-2011, 5.1).

/// Never first on a line.
const CLOSING: &str = "，。、；：？！）》〉」』】〕〗］｝”’…·・～％‰℃°′″〞々〃%,.;:!?)]}";
/// Never last on a line.
const OPENING: &str = "（《〈「『【〔〖［｛“‘〝￥([{";
/// Marks that the compiler closes up when they meet or stand at the end of a line.
const CLOSED_UP: &str = "，。．、：；？！》）』」】〗〕〉］｝”’《（『「【〖〔〈［｛“‘·・";
/// Marks whose right half is empty.
const EMPTY_RIGHT: &str = "，。、；：？！）》〉」』】〕〗］｝”’";
/// Marks of ambiguous width that are full-width among Chinese characters, whatever the font says.
const FULL_WIDTH: &str = "“”‘’·—…";

/// Whether no line begins with `c`.
pub(super) fn closes(c: char) -> bool {
    CLOSING.contains(c)
}

/// Whether no line ends with `c`.
pub(super) fn opens(c: char) -> bool {
    OPENING.contains(c)
}

/// Whether the compiler closes `c` up.
pub(super) fn is_closed_up(c: char) -> bool {
    CLOSED_UP.contains(c)
}

/// Whether `c` may lose its right half at the end of a line.
pub(super) fn is_empty_right(c: char) -> bool {
    EMPTY_RIGHT.contains(c)
}

/// Whether `c` is one of the marks that share their code with narrow ones.
pub(super) fn is_full_width(c: char) -> bool {
    FULL_WIDTH.contains(c)
}
