//! How wide characters are, and which of them come from another font than their neighbours: asked of the fonts before
//! the page is set.

use super::fonts::{FontSet, Role};
use super::lines::Widths;
use typst::layout::Em;
use typst::text::FontWeight;

impl Widths for FontSet {
    fn advance(&self, role: Role, c: char) -> f64 {
        let Some(chain) = self.chains().get(&role) else { return 1.0 };
        let bold = matches!(role, Role::Hei | Role::Biao);
        let mut fonts = chain.iter().filter(|entry| entry.takes(u32::from(c))).flat_map(|entry| {
            let mut fonts: Vec<_> = self.book().select_family(&entry.family.to_lowercase()).collect();
            let is_bold =
                |index| self.book().info(index).is_some_and(|it| it.variant.weight >= FontWeight::BOLD);
            fonts.sort_by_key(|&index| is_bold(index) != bold);
            fonts
        });
        let advance = |index| {
            let font = self.instance(index)?;
            let glyph = font.ttf().glyph_index(c)?;
            font.x_advance(glyph.0)
        };
        fonts.find_map(advance).map_or(1.0, Em::get)
    }

    fn stands_in(&self, role: Role, c: char) -> bool {
        !self.is_own(role, c)
    }
}
