//! Options of `redeliver completions` and `redeliver man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  For this session of bash:
      source <(redeliver completions bash)
  For every session of zsh, in a folder of `$fpath`:
      redeliver completions zsh > ~/.zfunc/_redeliver
  For every session of fish:
      redeliver completions fish > ~/.config/fish/completions/redeliver.fish";

pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  Read one page:
      redeliver man run | man -l -
  Install all of them:
      redeliver man --out ~/.local/share/man/man1";

/// Arguments of `completions`.
#[derive(Debug, Clone, Args)]
pub struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Clone, Args)]
pub struct ManArgs {
    /// The page of this command; that of `redeliver` itself when there is none
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    pub command: Option<String>,
    /// Write all pages into this folder, which is made if it is not there
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}
