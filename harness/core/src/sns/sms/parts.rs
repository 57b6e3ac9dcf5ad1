//! Into how many parts a text is cut.

/// Characters of the alphabet of GSM 03.38 beside letters and digits; those of the second text count twice.
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
const GSM_EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// How many parts a text takes: 160 characters of GSM or 70 others fit in one; of a longer text, 153 or 67 in each.
/// <https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html>
pub(super) fn count(text: &str) -> u64 {
    let units = text.chars().map(gsm_units).sum::<Option<usize>>();
    let (units, single, several) = match units {
        Some(units) => (units, 160, 153),
        None => (text.encode_utf16().count(), 70, 67),
    };
    if units <= single { 1 } else { units.div_ceil(several) as u64 }
}

fn gsm_units(character: char) -> Option<usize> {
    if character.is_ascii_alphanumeric() || GSM.contains(character) {
        Some(1)
    } else {
        GSM_EXTENDED.contains(character).then_some(2)
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn parts_depend_on_length_and_alphabet() {
        let cases =
            [("a", 160), ("a", 161), ("a", 306), ("a", 307), ("€", 80), ("€", 81), ("日", 70), ("日", 71), ("😀", 36)];
        let parts = cases.map(|(character, times)| count(&character.repeat(times)));
        assert_eq!(parts, [1, 2, 2, 3, 1, 2, 1, 2, 2]);
    }
}
