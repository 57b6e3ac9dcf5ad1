//! Content types.

/// Whether a delivery policy may ask for this content type. Which of them suit envelopes and which raw messages alone is AWS's advice; the
/// policy is set without regard to it.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
pub(super) fn is_content_type(text: &str) -> bool {
    const TYPES: [&str; 12] = [
        "application/json",
        "text/plain",
        "text/css",
        "text/csv",
        "text/html",
        "text/xml",
        "application/atom+xml",
        "application/octet-stream",
        "application/soap+xml",
        "application/x-www-form-urlencoded",
        "application/xhtml+xml",
        "application/xml",
    ];
    let media = text.split(';').next().unwrap_or_default().trim();
    TYPES.contains(&media)
}
