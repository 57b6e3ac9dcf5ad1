//! The words of `$type`.

words! {
    /// A type of values, an operand of `$type`.
    pub enum ValueType: "type" {
        String = "string": "text",
        Number = "number": "a number",
        Integer = "integer": "a number without a fraction",
        Boolean = "boolean": "true or false",
        List = "list": "a list",
        Map = "map": "a map",
        Uuid = "uuid": "text of 8-4-4-4-12 lowercase hexadecimal digits",
        TimestampMs = "timestamp-ms": "13 digits, as text or integer: milliseconds since 1970",
        TimestampS = "timestamp-s": "10 digits, as text or integer: seconds since 1970",
        Md5 = "md5": "text of 32 lowercase hexadecimal digits",
        Sha256 = "sha256": "text of 64 lowercase hexadecimal digits",
        Digits = "digits": "text of one or more digits 0 to 9",
        ReceiptHandle = "receipt-handle": "text of 1 to 1024 characters without white space",
        Url = "url": "text that starts with http:// or https:// and a host, without white space",
        Arn = "arn": "text of six or more parts joined by colons: arn, partition, service, region, account, resource; region and account may be empty",
        Base64 = "base64": "text of one or more groups of four base64 characters, padded with =",
    }
}
