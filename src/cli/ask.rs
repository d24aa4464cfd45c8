//! Questions on a terminal: lines come in, answers go out, each read by what it is for; one that is no answer is asked
//! again with the reason. The end of the input ends the asking, and then nothing has been written.
//!
//! Lines of a terminal are all that is needed, and a reader and a writer can be tested: no prompt library.

use crate::report::Locale;
use serde_json::json;
use std::io::{BufRead, ErrorKind, Write};

/// Who asks and who answers.
pub(super) struct Ask<'a> {
    /// Where answers come from.
    pub(super) input: &'a mut dyn BufRead,
    /// Where questions go.
    pub(super) output: &'a mut dyn Write,
    /// Their words.
    pub(super) locale: &'static Locale,
}

impl Ask<'_> {
    /// The answer to the question `ask.<name>`; an empty line is `default`. None at the end of the input.
    pub(super) fn about<T>(
        &mut self,
        name: &str,
        default: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let question =
            self.locale.say("ask.line", json!({ "question": format!("ask.{name}"), "default": default }));
        loop {
            self.tell(&question);
            let mut line = String::new();
            let reason = match self.input.read_line(&mut line) {
                Ok(0) => return None,
                Ok(_) => {
                    let line = line.trim();
                    let answer = if line.is_empty() { default } else { line };
                    // Arrow keys and the like come as control characters.
                    if answer.chars().any(char::is_control) {
                        self.locale.word("ask.control")
                    } else {
                        match read(answer) {
                            Ok(answer) => return Some(answer),
                            Err(reason) => reason,
                        }
                    }
                }
                Err(error) if error.kind() == ErrorKind::InvalidData => self.locale.word("ask.encoding"),
                Err(_) => return None,
            };
            self.tell(&self.locale.say("ask.again", json!({ "reason": reason })));
            self.tell("\n");
        }
    }

    /// Writes `text`; a terminal that is gone ends the input too.
    pub(super) fn tell(&mut self, text: &str) {
        let _ = self.output.write_all(text.as_bytes()).and_then(|()| self.output.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::Lang;

    fn asked(input: &[u8]) -> (Option<u8>, String) {
        let (mut input, mut output) = (input, Vec::new());
        let locale = Locale::of(Lang::Zh);
        let mut ask = Ask { input: &mut input, output: &mut output, locale };
        let answer = ask.about("name", "7", |text| text.parse::<u8>().map_err(|_| format!("“{text}”不是数")));
        (answer, String::from_utf8(output).unwrap())
    }

    #[test]
    fn what_is_no_answer_is_asked_again() {
        assert_eq!(asked(b" 12 \n").0, Some(12));
        assert_eq!(asked(b"\n").0, Some(7));
        assert_eq!(asked(b"").0, None);
        let (answer, said) = asked(b"x\n\x1b[A\n\xd6\xd0\n3");
        assert_eq!(answer, Some(3));
        assert_eq!(said.matches("[7]").count(), 4, "{said}");
        assert!(said.contains("“x”不是数") && said.contains("UTF-8"), "{said}");
        assert_eq!(asked(b"x\n").0, None);
    }
}
