//! Event streams: no bytes panic, and what is read is written as the bytes it was read from.
//!
//! Checksums are made right first, since no fuzzer guesses them: an input is a list of frames without them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use redeliver_model::Service;
use redeliver_wire::event_stream::{Decoder, Incoming, encode};

fuzz_target!(|input: &[u8]| {
    let output = Service::Kinesis.model().operation("SubscribeToShard").expect("Kinesis has it").output;
    let stream = sealed(input);
    let mut decoder = Decoder::new();
    let mut written = Vec::new();
    // The first byte also says in what pieces the stream arrives.
    let piece = 1 + usize::from(input.first().copied().unwrap_or_default());
    for piece in stream.chunks(piece) {
        decoder.push(piece);
        while let Ok(Some(message)) = decoder.pull() {
            let _ = Incoming::read(output, &message);
            written.extend(encode(&message).expect("what was read can be written"));
        }
    }
    assert!(stream.starts_with(&written));
    if decoder.finish().is_ok() {
        assert_eq!(stream, written);
    }
});

/// Frames from pairs of lengths, each of one byte, and their contents.
fn sealed(mut input: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    while let Some(([headers, payload], rest)) = input.split_first_chunk() {
        let start = stream.len();
        let (headers, payload) = (u32::from(*headers), u32::from(*payload));
        stream.extend((16 + headers + payload).to_be_bytes());
        stream.extend(headers.to_be_bytes());
        stream.extend(crc32fast::hash(&stream[start..]).to_be_bytes());
        let (contents, rest) = rest.split_at(rest.len().min((headers + payload) as usize));
        stream.extend(contents);
        stream.extend(crc32fast::hash(&stream[start..]).to_be_bytes());
        input = rest;
    }
    stream.extend(input);
    stream
}
