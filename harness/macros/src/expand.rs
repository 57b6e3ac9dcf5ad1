//! The function that `#[redeliver::test]` makes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, ItemFn, parse2};

use crate::arguments::Arguments;

/// An ordinary test that hands the function to the builder.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let settings = parse2::<Arguments>(arguments)?.calls()?;
    let body: ItemFn = parse2(item)?;
    let (name, attributes) = (&body.sig.ident, &body.attrs);
    if body.sig.asyncness.is_none() {
        return Err(Error::new(body.sig.fn_token.span, "a test of a consumer awaits: write `async fn`"));
    }
    if body.sig.inputs.len() != 1 {
        let message = "a test of a consumer takes its world: write `(world: redeliver::World)`";
        return Err(Error::new_spanned(&body.sig.ident, message));
    }
    let inner = ItemFn { attrs: Vec::new(), ..body.clone() };
    Ok(quote! {
        #[::core::prelude::v1::test]
        #(#attributes)*
        fn #name() {
            #inner
            let _ = ::redeliver::Test::new(concat!(module_path!(), "::", stringify!(#name)))
                .manifest_dir(env!("CARGO_MANIFEST_DIR"))
                #settings
                .run(#name)
                .unwrap();
        }
    })
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::expand;

    #[test]
    fn settings_become_calls_of_the_builder() {
        let function = quote!(
            async fn pays_once(world: World) {}
        );
        let made = expand(quote!(seeds = 64, budget = "5s", plan = plan()), function).unwrap().to_string();
        let calls = ". seeds (64) . budget (:: std :: time :: Duration :: from_millis (5000u64)) . plan (plan ())";
        assert!(made.contains(calls), "{made}");
    }

    #[test]
    fn mistakes_are_told_with_a_remedy() {
        let told = |arguments, function| expand(arguments, function).unwrap_err().to_string();
        let function = || {
            quote!(
                async fn pays_once(world: World) {}
            )
        };
        assert!(told(quote!(seed = 1), function()).starts_with("`seed` is not a setting: there are `budget`, "));
        assert!(
            told(quote!(budget = "soon"), function()).starts_with("`soon` is not a duration: write a whole number")
        );
        assert_eq!(
            told(
                quote!(),
                quote!(
                    fn f(world: World) {}
                )
            ),
            "a test of a consumer awaits: write `async fn`"
        );
        let takes = "a test of a consumer takes its world: write `(world: redeliver::World)`";
        assert_eq!(
            told(
                quote!(),
                quote!(
                    async fn f() {}
                )
            ),
            takes
        );
    }
}
