//! How wide characters are, which of them come from another font than their neighbours, and how much higher or lower
//! these stand: asked of the fonts before the page is set.

use super::chain::primary;
use super::fonts::{FontSet, Role};
use super::lines::Widths;
use super::printed::printed;
use crate::compose::page::Page;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use typst::layout::Em;
use typst::text::FontWeight;

/// Of the Chinese characters of a font, so many tell the height of its middle, every so many of them.
const SAMPLE: (usize, usize) = (48, 401);

impl FontSet {
    /// The fonts of a family, the weight that `role` asks for first, as indices of the book.
    fn of_family(&self, role: Role, family: &str) -> Vec<usize> {
        let bold = matches!(role, Role::Hei | Role::Biao);
        let mut fonts: Vec<usize> = self.book().select_family(&family.to_lowercase()).collect();
        let is_bold = |index| self.book().info(index).is_some_and(|it| it.variant.weight >= FontWeight::BOLD);
        fonts.sort_by_key(|&index| is_bold(index) != bold);
        fonts
    }

    /// How high over the baseline the middle of a font's Chinese characters is, em.
    fn middle(&self, index: usize) -> Option<f64> {
        let font = self.instance(index)?;
        let covered = self.book().info(index)?.coverage.iter().filter(|c| (0x3400..0xA000).contains(c));
        let middles = covered.step_by(SAMPLE.1).take(SAMPLE.0).filter_map(|c| {
            let ink = font.ttf().glyph_bounding_box(font.ttf().glyph_index(char::from_u32(c)?)?)?;
            Some(f64::from(ink.y_min).midpoint(f64::from(ink.y_max)) / font.units_per_em())
        });
        let (count, sum) = middles.fold((0.0, 0.0), |(count, sum), middle| (count + 1.0, sum + middle));
        (count > 0.0).then_some(sum / count)
    }

    /// How much higher than its neighbours in 仿宋 a character of `page` stands that comes from another font, by that
    /// font, as templates read it. The other faces have fallbacks of their own height.
    pub(super) fn stand_ins(&self, page: &Page) -> Value {
        let Some(chain) = self.chains().get(&Role::Fang) else { return Value::Null };
        let text: BTreeSet<char> = printed(page).iter().flat_map(|piece| piece.text.chars()).collect();
        let mut groups: BTreeMap<usize, String> = BTreeMap::new();
        for c in text.into_iter().filter(|&c| self.stands_in(c)) {
            let mut fonts = chain.iter().flat_map(|entry| self.of_family(Role::Fang, &entry.family));
            let has =
                |&index: &usize| self.book().info(index).is_some_and(|it| it.coverage.contains(u32::from(c)));
            if let Some(index) = fonts.find(has) {
                groups.entry(index).or_default().push(c);
            }
        }
        let main = &primary(chain).family;
        let own = self.of_family(Role::Fang, main).first().and_then(|&index| self.middle(index));
        let group = |(index, chars): (usize, String)| {
            let higher = ((self.middle(index)? - own?) * 1e3).round() / 1e3;
            Some(json!({ "face": main.to_lowercase(), "chars": chars, "higher": higher }))
        };
        groups.into_iter().filter_map(group).collect()
    }
}

fn is_chinese(c: char) -> bool {
    matches!(u32::from(c), 0x3400..0xA000 | 0xF900..0xFB00 | 0x20000..0x40000)
}

impl Widths for FontSet {
    fn advance(&self, role: Role, c: char) -> f64 {
        let Some(chain) = self.chains().get(&role) else { return 1.0 };
        let takers = chain.iter().filter(|entry| entry.takes(u32::from(c)));
        let mut fonts = takers.flat_map(|entry| self.of_family(role, &entry.family));
        let advance = |index| {
            let font = self.instance(index)?;
            let glyph = font.ttf().glyph_index(c)?;
            font.x_advance(glyph.0)
        };
        fonts.find_map(advance).map_or(1.0, Em::get)
    }

    fn stands_in(&self, c: char) -> bool {
        is_chinese(c) && !self.is_own(c)
    }
}
