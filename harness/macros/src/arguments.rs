//! The settings in the parentheses of `#[redeliver::test]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Expr, ExprLit, Ident, Lit, LitStr, Token};

/// Settings that take a duration.
const DURATIONS: [&str; 4] = ["budget", "heal_after", "patience", "round_trip"];

/// The other settings.
const OTHERS: [&str; 8] = ["exhaustive", "first_seed", "most_calls", "pairs", "plan", "real_time", "replay", "seeds"];

/// `name = value`.
struct Setting {
    name: Ident,
    value: Expr,
}

impl Parse for Setting {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name: Ident = input.parse()?;
        if !DURATIONS.iter().chain(&OTHERS).any(|known| name == known) {
            let known =
                DURATIONS.iter().chain(&OTHERS).map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
            return Err(Error::new(name.span(), format!("`{name}` is not a setting: there are {known}")));
        }
        input.parse::<Token![=]>()?;
        Ok(Self { name, value: input.parse()? })
    }
}

/// All settings of a test.
pub(crate) struct Arguments(Punctuated<Setting, Token![,]>);

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Punctuated::parse_terminated(input).map(Self)
    }
}

impl Arguments {
    /// Them as calls of the builder.
    pub(crate) fn calls(&self) -> syn::Result<TokenStream> {
        let call = |Setting { name, value }: &Setting| {
            let value = match value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if DURATIONS.iter().any(|known| name == known) => {
                    duration(text)?
                }
                other => quote!(#other),
            };
            Ok(quote!(.#name(#value)))
        };
        self.0.iter().map(call).collect()
    }
}

fn duration(text: &LitStr) -> syn::Result<TokenStream> {
    let written = text.value();
    let units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000_u64)];
    let read = |(unit, length): &(&str, u64)| written.strip_suffix(unit)?.parse::<u64>().ok()?.checked_mul(*length);
    match units.iter().find_map(read) {
        Some(millis) => Ok(quote!(::std::time::Duration::from_millis(#millis))),
        None => Err(Error::new(
            text.span(),
            format!(
                "`{written}` is not a duration: write a whole number and a unit (ms, s, m, h or d), for example `5s`"
            ),
        )),
    }
}
