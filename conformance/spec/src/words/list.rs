//! How a closed list of words becomes an enum.

use std::fmt;

/// A word that is not in its closed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// What the list is of, for example `guarantee`.
    pub list: &'static str,
    /// The word that was given.
    pub word: String,
    /// The word of the list that looks most like it.
    pub nearest: Option<&'static str>,
    /// All words of the list.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { list, word, nearest, known } = self;
        write!(formatter, "unknown {list} `{word}`: ")?;
        match nearest {
            Some(nearest) => write!(formatter, "did you mean `{nearest}`?"),
            None => write!(formatter, "use one of {}", known.join(", ")),
        }
    }
}

impl std::error::Error for UnknownWord {}

/// Declares an enum of words: each variant has its text and one sentence of meaning.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        $(#[derive($($derive:ident),*)])?
        pub enum $name:ident: $list:literal {
            $($variant:ident = $word:literal: $meaning:literal,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, schemars::JsonSchema $($(, $derive)*)?)]
        pub enum $name {
            $(
                #[doc = $meaning]
                #[serde(rename = $word)]
                $variant,
            )*
        }

        impl $name {
            /// All of them, in the order in which the format lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as it stands in specs and reports.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// What it means, as a sentence without capital and full stop.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|known| known.as_str()).collect();
                    $crate::words::UnknownWord {
                        list: $list,
                        word: word.to_owned(),
                        nearest: $crate::words::nearest(word, known.iter().copied()),
                        known,
                    }
                })
            }
        }
    };
}
