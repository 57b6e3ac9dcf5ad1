//! gzip and Zstandard around what is in an object.
//!
//! Both have blocks that hold bytes as they are. Any program that reads the formats reads these, and the same object is the same bytes
//! whichever version of a library wrote it. It saves no room, which is not what objects of tests are compressed for.

use crc32fast::hash;
use redeliver_core::kinesis::{Compression, StoredObject};

/// Bytes of a block of gzip that holds them as they are. <https://www.rfc-editor.org/rfc/rfc1951#section-3.2.4>
const GZIP_BLOCK: usize = 65_535;
/// Bytes of a block of Zstandard. <https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.2>
const ZSTD_BLOCK: usize = 128 << 10;

/// An object as it is written.
pub(super) fn framed(object: &StoredObject) -> Vec<u8> {
    match object.compression {
        Compression::None | Compression::Snappy => object.body.to_vec(),
        Compression::Gzip => gzip(&object.body),
        Compression::Zstd => zstd(&object.body),
    }
}

/// The blocks of a body, at least one, each with whether it is the last.
fn blocks(body: &[u8], size: usize) -> impl Iterator<Item = (&[u8], bool)> {
    let count = body.len().div_ceil(size).max(1);
    (0..count).map(move |number| {
        let rest = &body[number * size..];
        (&rest[..rest.len().min(size)], number + 1 == count)
    })
}

fn gzip(body: &[u8]) -> Vec<u8> {
    // No name, no time, of an unknown system.
    let mut file = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];
    for (block, is_last) in blocks(body, GZIP_BLOCK) {
        let length = u16::try_from(block.len()).expect("blocks are cut to fit");
        file.push(u8::from(is_last));
        file.extend(length.to_le_bytes());
        file.extend((!length).to_le_bytes());
        file.extend(block);
    }
    file.extend(hash(body).to_le_bytes());
    // Modulo 2^32, as the format wants it.
    file.extend(&body.len().to_le_bytes()[..4]);
    file
}

fn zstd(body: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD];
    // The size of the content in eight bytes, and a window that is as large as the content.
    frame.push(0b1110_0000);
    frame.extend(u64::try_from(body.len()).unwrap_or(u64::MAX).to_le_bytes());
    for (block, is_last) in blocks(body, ZSTD_BLOCK) {
        let size = u32::try_from(block.len()).expect("blocks are cut to fit");
        frame.extend(&((size << 3) | u32::from(is_last)).to_le_bytes()[..3]);
        frame.extend(block);
    }
    frame
}

#[cfg(test)]
mod tests {
    use super::{gzip, zstd};

    #[test]
    fn small_files_are_what_the_formats_say() {
        assert_eq!(
            gzip(b"hello"),
            [
                &[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, 5, 0, 0xFA, 0xFF][..],
                b"hello",
                &[0x86, 0xA6, 0x10, 0x36, 5, 0, 0, 0]
            ]
            .concat()
        );
        assert_eq!(
            zstd(b"hello"),
            [&[0x28, 0xB5, 0x2F, 0xFD, 0xE0, 5, 0, 0, 0, 0, 0, 0, 0, 0x29, 0, 0][..], b"hello"].concat()
        );
    }

    #[test]
    fn large_files_are_cut_into_blocks_of_which_the_last_is_marked() {
        let body = vec![7; 300_000];
        assert_eq!(gzip(&body).len(), 10 + 5 * 5 + body.len() + 8);
        assert_eq!(zstd(&body).len(), 13 + 3 * 3 + body.len());
        assert_eq!(gzip(b"").len(), 10 + 5 + 8);
    }
}
