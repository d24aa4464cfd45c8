//! Which characters can be shown: in go the characters of each chain of fonts, out come the characters
//! of a text that one of the chains lacks.

const PLANES: usize = 0x11_0000;

/// A set of characters, one bit each.
pub(super) struct Covered(Vec<u64>);

impl Default for Covered {
    fn default() -> Self {
        Self(vec![0; PLANES / 64])
    }
}

impl Extend<u32> for Covered {
    fn extend<T: IntoIterator<Item = u32>>(&mut self, codes: T) {
        for code in codes {
            if let Some(word) = self.0.get_mut(code as usize / 64) {
                *word |= 1 << (code % 64);
            }
        }
    }
}

impl Covered {
    pub(super) fn has(&self, c: char) -> bool {
        let code = u32::from(c);
        self.0.get(code as usize / 64).is_some_and(|word| word & (1 << (code % 64)) != 0)
    }
}

/// The characters that every chain can show, so that it does not matter where in a document they stand.
pub(super) struct Coverage(Covered);

impl Coverage {
    /// What all `chains` have in common.
    pub(super) fn of(chains: impl IntoIterator<Item = Covered>) -> Self {
        let common = chains.into_iter().reduce(|mut common, chain| {
            common.0.iter_mut().zip(&chain.0).for_each(|(mine, theirs)| *mine &= theirs);
            common
        });
        Self(common.unwrap_or_default())
    }

    pub(super) fn has(&self, c: char) -> bool {
        self.0.has(c)
    }
}

/// The characters of `text` that are not shown, with their index counted in characters.
pub(super) fn missing(text: &str, is_shown: impl Fn(char) -> bool) -> Vec<(usize, char)> {
    let is_missing = |&(_, c): &(usize, char)| !matches!(c, '\n' | '\r' | '\t') && !is_shown(c);
    text.chars().enumerate().filter(is_missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_all_chains_share_is_covered() {
        let set = |text: &str| {
            let mut set = Covered::default();
            set.extend(text.chars().map(u32::from));
            set
        };
        let coverage = Coverage::of([set("甲乙𬭚"), set("乙丙𬭚")]);
        assert_eq!(missing("甲乙\n𬭚😀", |c| coverage.has(c)), [(0, '甲'), (4, '😀')]);
    }
}
