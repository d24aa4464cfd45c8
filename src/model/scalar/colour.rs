//! A colour: `#E60012` or `E60012` in, three bytes of sRGB out. Refused: names, short forms, transparency.

use super::ScalarError;
use std::str::FromStr;

/// A colour of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
}

super::scalar!(Colour, r"^\s*#?[0-9A-Fa-f]{6}\s*$");

impl Colour {
    /// Whether it passes for the red of official documents: far more red than anything else.
    pub fn is_red(self) -> bool {
        let [red, green, blue] = self.rgb;
        red >= 0xc8 && green <= 0x50 && blue <= 0x50
    }
}

impl FromStr for Colour {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        let digits = text.trim().trim_start_matches('#');
        let sound = digits.len() == 6 && digits.bytes().all(|it| it.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| sound);
        let [_, rgb @ ..] = number.ok_or(ScalarError { rule: "model/bad-colour" })?.to_be_bytes();
        Ok(Self { rgb })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_with_or_without_hash_are_a_colour() {
        for text in ["#E60012", "e60012", " #e60012 "] {
            assert_eq!(text.parse::<Colour>().unwrap().rgb, [0xe6, 0, 0x12], "{text}");
        }
        for text in ["", "#", "red", "红", "#E61", "#E60012FF", "+60012", "#GG0012"] {
            assert_eq!(text.parse::<Colour>().unwrap_err().rule, "model/bad-colour", "{text}");
        }
    }

    #[test]
    fn red_is_far_more_red_than_anything_else() {
        let is_red = |text: &str| text.parse::<Colour>().unwrap().is_red();
        assert!(is_red("#FF0000") && is_red("#C85050") && is_red("#E60012"));
        assert!(!is_red("#C70000") && !is_red("#FF5100") && !is_red("#FF0051") && !is_red("#0000FF"));
    }
}
