//! Mobile push and text messages: what reaches the outbox, and what does not arrive.

mod driver;
mod push;
mod sandbox;
mod text;
