//! `#[redeliver::test]`, a thin layer over the builder `redeliver::Test`.
//!
//! - `arguments`: the settings in its parentheses
//! - `expand`: the function that it makes

mod arguments;
mod expand;

use proc_macro::TokenStream;

/// Makes a test of an `async fn` that takes a `redeliver::World`. See the crate `redeliver`.
///
/// ```ignore
/// #[redeliver::test(seeds = 64, budget = "5s")]
/// async fn payments_are_idempotent(world: World) { .. }
/// ```
///
/// The settings are those of `redeliver::Test`, `name = value`; durations may be written as `"5s"`.
#[proc_macro_attribute]
pub fn test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(arguments.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
