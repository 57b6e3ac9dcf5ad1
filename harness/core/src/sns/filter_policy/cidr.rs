//! Ranges of IP addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Addresses of one family from the one that was named up to the last with the same network bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cidr {
    first: IpAddr,
    last: IpAddr,
}

impl Cidr {
    /// Reads `address/bits`. The texts about a slash, about bits that are no integer and about no address are recorded; the others
    /// are those of the ruler. All bits of an address cannot be named there.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parts: Vec<&str> = text.split('/').collect();
        while parts.last().is_some_and(|part| part.is_empty()) {
            parts.pop();
        }
        let [address, bits] = parts[..] else { return Err("Malformed CIDR, one '/' required".to_owned()) };
        let bits: i32 = bits.parse().map_err(|_| "Malformed CIDR, mask bits must be an integer".to_owned())?;
        let bits = u32::try_from(bits).map_err(|_| "Malformed CIDR, mask bits must not be negative".to_owned())?;
        match read(address)? {
            IpAddr::V4(_) if bits > 31 => Err("IPv4 mask bits must be < 32".to_owned()),
            IpAddr::V6(_) if bits > 127 => Err("IPv6 mask bits must be < 128".to_owned()),
            first @ IpAddr::V4(address) => {
                let last = Ipv4Addr::from_bits(address.to_bits() | (u32::MAX >> bits));
                Ok(Self { first, last: last.into() })
            }
            first @ IpAddr::V6(address) => {
                let last = Ipv6Addr::from_bits(address.to_bits() | (u128::MAX >> bits));
                Ok(Self { first, last: last.into() })
            }
        }
    }

    /// Whether a text is an address of this range.
    pub(super) fn contains(&self, text: &str) -> bool {
        read(text).is_ok_and(|address| {
            address.is_ipv4() == self.first.is_ipv4() && self.first <= address && address <= self.last
        })
    }
}

fn read(text: &str) -> Result<IpAddr, String> {
    let is_v6 = text.contains(':') && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_v4 = text.split('.').count() == 4 && text.split('.').all(is_number);
    if !is_v4 && !is_v6 {
        return Err(format!("Nonstandard IP address: {text}"));
    }
    text.parse().map_err(|_| format!("Invalid IP address: {text}"))
}

#[cfg(test)]
mod tests {
    use super::Cidr;

    #[test]
    fn range_holds_addresses_of_its_network_and_family() {
        let contains = |cidr: &str, text: &str| Cidr::parse(cidr).unwrap().contains(text);
        assert!(contains("10.0.0.0/24", "10.0.0.0") && contains("10.0.0.0/24", "10.0.0.255"));
        assert!(
            !contains("10.0.0.0/24", "10.0.1.0") && !contains("10.0.0.0/24", "::1") && !contains("10.0.0.0/24", "x")
        );
        assert!(contains("2001:db8:1234:1a00::/64", "2001:db8:1234:1a00::ffff"));
        assert!(!contains("2001:db8:1234:1a00::/64", "2001:db8:1234:1a01::"));
        assert!(contains("0.0.0.0/0", "255.255.255.255") && contains("::/0", "::1"));
    }

    #[test]
    fn bad_ranges_are_refused() {
        for (text, complaint) in [
            ("bad-filter", "Malformed CIDR, one '/' required"),
            ("10.0.0.0/", "Malformed CIDR, one '/' required"),
            ("1/2/3", "Malformed CIDR, one '/' required"),
            ("bad-filter/64", "Nonstandard IP address: bad-filter"),
            ("bad-filter/bad-filter", "Malformed CIDR, mask bits must be an integer"),
            ("xx.11.xx/8", "Nonstandard IP address: xx.11.xx"),
            ("xxxx:db8:1234:1a00::/64", "Nonstandard IP address: xxxx:db8:1234:1a00::"),
            ("10.0.0.0/-1", "Malformed CIDR, mask bits must not be negative"),
            ("10.0.0.0/32", "IPv4 mask bits must be < 32"),
            ("::/128", "IPv6 mask bits must be < 128"),
            ("300.0.0.0/8", "Invalid IP address: 300.0.0.0"),
        ] {
            assert_eq!(Cidr::parse(text), Err(complaint.to_owned()), "{text}");
        }
    }
}
