//! `redeliver::chaos::ChaosHttpClient` around a backend that knows nothing of it: see `tests/winterbaume.rs`.
