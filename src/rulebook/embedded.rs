//! The files of `rulebook/` inside the executable.

/// Regulation and date of the version inside.
pub(super) const VERSION: &str = "zhuanjiazu/2017-04-13";

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../rulebook/", $path)))),*]
    };
}

/// Path below `rulebook/` and text.
pub const FILES: &[(&str, &str)] = files![
    "tool/bag.yaml",
    "tool/calendar.yaml",
    "tool/house.yaml",
    "tool/lint-marks.yaml",
    "tool/lint-numbers.yaml",
    "tool/lint-wording.yaml",
    "tool/media.yaml",
    "tool/model.yaml",
    "tool/page.yaml",
    "tool/people.yaml",
    "tool/run.yaml",
    "tool/secret.yaml",
    "tool/text.yaml",
    "tool/workspace.yaml",
    "tool/yaml.yaml",
    "zhuanjiazu/2017-04-13/art07.yaml",
    "zhuanjiazu/2017-04-13/art08.yaml",
    "zhuanjiazu/2017-04-13/art09.yaml",
    "zhuanjiazu/2017-04-13/art10-11.yaml",
    "zhuanjiazu/2017-04-13/art13-15.yaml",
    "zhuanjiazu/2017-04-13/art16-4.yaml",
    "zhuanjiazu/2017-04-13/art16.yaml",
    "zhuanjiazu/2017-04-13/art17.yaml",
    "zhuanjiazu/2017-04-13/art18-21.yaml",
    "zhuanjiazu/2017-04-13/custom-across.yaml",
    "zhuanjiazu/2017-04-13/custom.yaml",
    "zhuanjiazu/2017-04-13/terms.yaml",
];
