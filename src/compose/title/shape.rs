//! How the lines of a title stand together: their texts in, what their shape costs out.

use super::halves;

/// What is being broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A trapezium or a diamond (7.3.1).
    Title,
    /// Any shape will do.
    Name,
}

/// A line too long to fit, or a last line too short to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unfit;

/// All lines of one length, or a middle line shorter than those around it: only when nothing else is left.
const RECTANGLE_OR_HOURGLASS: usize = 500;
/// Lines so nearly of one length that they look it.
const NEARLY_EQUAL: usize = 12;
/// One or two characters on the first line.
const STUMP: usize = 300;

impl Shape {
    /// The cost of `lines`, of which none may be wider than `max` half cells.
    pub(super) fn cost(self, lines: &[&str], max: usize) -> Result<usize, Unfit> {
        let widths: Vec<usize> = lines.iter().map(|it| halves(it)).collect();
        let short = |line: Option<&&str>| line.is_some_and(|it| it.chars().count() <= 2);
        if widths.iter().any(|it| *it > max) || short(lines.last()) {
            return Err(Unfit);
        }
        let stump = if short(lines.first()) { STUMP } else { 0 };
        let shape = match self {
            Self::Title => outline(&widths),
            Self::Name => 0,
        };
        Ok(stump + shape + raggedness(&widths))
    }
}

fn outline(widths: &[usize]) -> usize {
    let (Some(least), Some(most)) = (widths.iter().min(), widths.iter().max()) else { return 0 };
    let falls = widths.iter().skip_while(|it| *it != most);
    let rises = widths.iter().take_while(|it| *it != most);
    if least == most || !rises.is_sorted() || !falls.is_sorted_by(|a, b| a >= b) {
        RECTANGLE_OR_HOURGLASS
    } else if most - least < 2 {
        NEARLY_EQUAL
    } else {
        0
    }
}

/// The mean square of how far lines are from their mean width, in cells.
fn raggedness(widths: &[usize]) -> usize {
    let count = widths.len().max(1);
    let total: usize = widths.iter().sum();
    let squares: usize = widths.iter().map(|it| (it * count).abs_diff(total).pow(2)).sum();
    squares / (4 * count.pow(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trapezia_and_diamonds_are_free_rectangles_and_hourglasses_are_not() {
        for widths in [&[20, 30][..], &[30, 20], &[20, 30, 24], &[20, 26, 30], &[20, 30, 30], &[30, 24, 20]] {
            assert_eq!(outline(widths), 0, "{widths:?}");
        }
        for widths in [&[30, 30][..], &[30, 20, 30], &[30, 20, 26], &[24, 24, 24]] {
            assert_eq!(outline(widths), RECTANGLE_OR_HOURGLASS, "{widths:?}");
        }
    }

    #[test]
    fn a_last_line_of_two_characters_does_not_stand() {
        assert_eq!(Shape::Name.cost(&["专家工作组", "通知"], 40), Err(Unfit));
        assert_eq!(raggedness(&[24, 36]), 9);
    }
}
