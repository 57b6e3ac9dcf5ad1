//! Times, counts and foreign text as people read them.

/// Longest piece of foreign text in a line, in characters.
const TEXT_MAX: usize = 48;

/// A moment of a run: `0.030s`, `12m30.251s`, `1h02m03.500s`, `4d01h00m00.000s`.
pub(crate) fn moment(ms: u64) -> String {
    let (seconds, rest) = (ms / 1000, ms % 1000);
    let (minutes, hours, days) = (seconds / 60 % 60, seconds / 3600 % 24, seconds / 86_400);
    match seconds {
        0..120 => format!("{seconds}.{rest:03}s"),
        120..3600 => format!("{minutes}m{:02}.{rest:03}s", seconds % 60),
        3600..86_400 => format!("{hours}h{minutes:02}m{:02}.{rest:03}s", seconds % 60),
        _ => format!("{days}d{hours:02}h{minutes:02}m{:02}.{rest:03}s", seconds % 60),
    }
}

/// A stretch of time, rounded down: `250 ms`, `31 s`, `5 min`, `3 h`, `4 d`.
pub(crate) fn stretch(ms: u64) -> String {
    match ms {
        0..1000 => format!("{ms} ms"),
        1000..120_000 => format!("{} s", ms / 1000),
        120_000..7_200_000 => format!("{} min", ms / 60_000),
        7_200_000..172_800_000 => format!("{} h", ms / 3_600_000),
        _ => format!("{} d", ms / 86_400_000),
    }
}

/// `1 fault`, `2 faults`.
pub(crate) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// Text of others in one line: without control characters, so that it can neither break lines nor steer a terminal, and cut.
pub(crate) fn foreign(text: &str) -> String {
    cut(text, TEXT_MAX)
}

/// The same with a length of its own.
pub(crate) fn cut(text: &str, max: usize) -> String {
    let clean: String = text.chars().take(max + 1).map(visible).collect();
    if clean.chars().count() <= max {
        return clean;
    }
    let kept: String = clean.chars().take(max.saturating_sub(2)).collect();
    kept + ".."
}

/// The character, or a blank for one that would do something to the terminal or to the direction of the line.
fn visible(character: char) -> char {
    let steers =
        matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    if character.is_control() || steers { ' ' } else { character }
}

/// Breaks text at blanks into lines of at most `width` characters; a longer word has a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{count, cut, moment, stretch, wrap};

    #[test]
    fn moments_grow_units_as_they_need_them() {
        let shown = [0, 30, 119_999, 750_251, 3_723_500, 349_200_000].map(moment);
        assert_eq!(shown, ["0.000s", "0.030s", "119.999s", "12m30.251s", "1h02m03.500s", "4d01h00m00.000s"]);
    }

    #[test]
    fn stretches_are_round() {
        assert_eq!(
            [999, 31_500, 300_000, 43_200_000, 345_600_000].map(stretch),
            ["999 ms", "31 s", "5 min", "12 h", "4 d"]
        );
    }

    #[test]
    fn counts_have_plurals() {
        assert_eq!([0, 1, 2].map(|number| count(number, "run")), ["0 runs", "1 run", "2 runs"]);
    }

    #[test]
    fn foreign_text_stays_in_its_line() {
        assert_eq!(cut("a\n\u{1b}[31mb\u{202e}c", 20), "a  [31mb c");
        assert_eq!(cut("abcdefgh", 6), "abcd..");
        assert_eq!(cut("abcdef", 6), "abcdef");
    }

    #[test]
    fn text_is_broken_at_blanks() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("overlong", 3), ["overlong"]);
        assert_eq!(wrap("", 3), [""]);
    }
}
