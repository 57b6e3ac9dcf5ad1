//! Text of others within XML.

/// Longest text that comes from a run, in characters.
const TEXT_MAX: usize = 300;

/// The text with what XML would read as its own written out, without characters that XML does not allow, and cut.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, character) in text.chars().enumerate() {
        if at == TEXT_MAX {
            escaped.push_str("..");
            break;
        }
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            control if control.is_control() => escaped.push('\u{fffd}'),
            plain => escaped.push(plain),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{TEXT_MAX, escape};

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escape("<a href='x'>&\"\u{0}\n"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\u{fffd} ");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(escape(&"<".repeat(1000)), "&lt;".repeat(TEXT_MAX) + "..");
    }
}
