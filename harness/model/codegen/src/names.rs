//! Rust names for model names.

const KEYWORDS: [&str; 8] = ["type", "match", "move", "ref", "self", "mod", "use", "where"];

/// `snake_case` of a member, for example `aws_account_ids` for `AWSAccountIds`.
pub(crate) fn field(name: &str) -> String {
    let snake = words(name).join("_").to_lowercase();
    if KEYWORDS.contains(&snake.as_str()) { format!("r#{snake}") } else { snake }
}

/// `SCREAMING_SNAKE_CASE` of a shape; models have pairs such as `String` and `string`, so lower-case names are marked.
pub(crate) fn constant(name: &str) -> String {
    let mark = if name.starts_with(|c: char| c.is_ascii_lowercase()) { "LOWER_" } else { "" };
    format!("{mark}{}", words(name).join("_").to_uppercase())
}

/// `PascalCase` of a type: the model's own spelling, made a legal identifier.
pub(crate) fn type_name(name: &str) -> String {
    let mut pascal = String::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        let mut characters = part.chars();
        let first = characters.next().expect("the part is not empty");
        pascal.push(first.to_ascii_uppercase());
        pascal.extend(characters);
    }
    pascal
}

/// The variant for an enumerated value: `TRIM_HORIZON` becomes `TrimHorizon`, `ReceiveMessage` stays.
pub(crate) fn variant(value: &str) -> String {
    let shouting = !value.chars().any(|c| c.is_ascii_lowercase());
    let pascal = if shouting { type_name(&capitalise_words(value)) } else { type_name(value) };
    if pascal.starts_with(|c: char| c.is_ascii_digit()) { format!("V{pascal}") } else { pascal }
}

fn capitalise_words(value: &str) -> String {
    value.split(|c: char| !c.is_ascii_alphanumeric()).map(capitalise).collect::<Vec<_>>().join("_")
}

fn capitalise(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_string().to_uppercase() + &characters.as_str().to_lowercase())
}

fn words(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut current = String::new();
    for (index, &character) in characters.iter().enumerate() {
        if !character.is_ascii_alphanumeric() {
            words.extend((!current.is_empty()).then(|| std::mem::take(&mut current)));
            continue;
        }
        let previous_is_lower =
            index > 0 && (characters[index - 1].is_ascii_lowercase() || characters[index - 1].is_ascii_digit());
        let ends_an_acronym = index > 0
            && characters[index - 1].is_ascii_uppercase()
            && characters.get(index + 1).is_some_and(char::is_ascii_lowercase)
            && !plural_acronym(&characters, index);
        if character.is_ascii_uppercase() && (previous_is_lower || ends_an_acronym) && !current.is_empty() {
            words.push(std::mem::take(&mut current));
        }
        current.push(character);
    }
    words.extend((!current.is_empty()).then_some(current));
    words
}

/// Whether the capital at `index` closes an acronym in the plural, as in `ARNs`.
fn plural_acronym(characters: &[char], index: usize) -> bool {
    characters.get(index + 1) == Some(&'s') && characters.get(index + 2).is_none_or(char::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::{constant, field, variant};

    #[test]
    fn fields_split_acronyms_from_words() {
        let fields =
            ["QueueUrl", "AWSAccountIds", "MD5OfMessageBody", "tags", "ConsumerARN", "StreamARNs", "Type"].map(field);
        let expected =
            ["queue_url", "aws_account_ids", "md5_of_message_body", "tags", "consumer_arn", "stream_arns", "r#type"];
        assert_eq!(fields.each_ref().map(String::as_str), expected);
    }

    #[test]
    fn constants_shout_and_variants_are_words() {
        assert_eq!(["SendMessageRequest", "string"].map(constant), ["SEND_MESSAGE_REQUEST", "LOWER_STRING"]);
        assert_eq!(
            ["TRIM_HORIZON", "ReceiveMessage", "sms", "AWSTraceHeader", "ON_DEMAND"].map(variant),
            ["TrimHorizon", "ReceiveMessage", "Sms", "AWSTraceHeader", "OnDemand"]
        );
    }
}
