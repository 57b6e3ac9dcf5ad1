//! Shell completions and manual pages.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::program::Place;

const COMMANDS: [&str; 5] = ["run", "list", "lint", "serve", "man"];

/// What bash offers for the last of these words, after it has read the script.
fn offered(place: &Place, words: &[&str]) -> Vec<String> {
    let script = format!(
        "source completions.bash\nCOMP_WORDS=({words}) COMP_CWORD={last} COMP_LINE='{words}'\n\
         complete -p redeliver > declared\n_redeliver redeliver '{current}' '{previous}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        words = words.join(" "),
        last = words.len() - 1,
        current = words[words.len() - 1],
        previous = words[words.len() - 2],
    );
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-euo", "pipefail", "-c", &script]).current_dir(place.path("")).stdin(Stdio::null());
    let output = bash.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    assert!(output.status.success(), "{}", text(output.stderr));
    assert!(place.read("declared").contains("-F _redeliver"), "{}", place.read("declared"));
    text(output.stdout).lines().map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn bash_completes_commands_options_and_values() {
    let place = Place::new();
    let ended = place.redeliver("completions bash");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    place.write("completions.bash", &ended.stdout);
    assert_eq!(offered(&place, &["redeliver", "ru"]), ["run"]);
    let commands = offered(&place, &["redeliver", ""]);
    for command in COMMANDS {
        assert!(commands.iter().any(|offered| offered == command), "no {command} in {commands:?}");
    }
    assert_eq!(offered(&place, &["redeliver", "run", "--sha"]), ["--shard"]);
    assert_eq!(offered(&place, &["redeliver", "run", "--profile", "l"]), ["lifelike"]);
}

#[test]
fn every_shell_has_a_script_that_knows_the_commands() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ended = place.redeliver(&format!("completions {shell}"));
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{shell}");
        for word in COMMANDS.iter().chain(&["shard"]) {
            assert!(ended.stdout.contains(word), "{shell} knows no {word}");
        }
    }
    assert_eq!(place.redeliver("completions cmd").code, Some(2));
}

/// A page as `man` shows it, or `None` where neither it nor `mandoc` is installed.
fn rendered(page: &str) -> Option<String> {
    let programs: [(&str, &[&str]); 2] =
        [("man", &["-l", "--warnings=all", "-"]), ("mandoc", &["-T", "utf8", "-W", "error"])];
    for (program, arguments) in programs {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("MANWIDTH", "100")
            .env("MAN_KEEP_FORMATTING", "")
            .env("PAGER", "cat")
            .env("LC_ALL", "C.UTF-8");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let Ok(mut child) = command.spawn() else { continue };
        // A small page fits into the pipe, whatever the program does with it.
        let _ = child.stdin.take().unwrap().write_all(page.as_bytes());
        let output = child.wait_with_output().unwrap();
        // A minimised image has a `man` that only says so.
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() && text.contains("NAME") {
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{program}");
            return Some(text);
        }
    }
    None
}

#[test]
fn every_command_has_a_page_and_stands_on_the_first() {
    let place = Place::new();
    let ended = place.redeliver("man --out pages/man1");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let help = place.redeliver("--help").stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Deeper lines go on with the text before.
    let commands = commands.filter(|line| !line.starts_with("   "));
    let commands: Vec<_> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    for command in COMMANDS {
        assert!(commands.contains(&command), "no {command} in {commands:?}");
    }
    let mut pages: Vec<_> =
        std::fs::read_dir(place.path("pages/man1")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    pages.sort();
    let mut expected: Vec<_> = commands.iter().map(|command| format!("redeliver-{command}.1").into()).collect();
    expected.push(std::ffi::OsString::from("redeliver.1"));
    expected.sort();
    assert_eq!(pages, expected);
    assert_eq!(ended.stdout, format!("{} pages in pages/man1\n", pages.len()));
    let first = place.read("pages/man1/redeliver.1");
    for command in commands {
        let source = place.read(&format!("pages/man1/redeliver-{command}.1"));
        assert_eq!(source, place.redeliver(&format!("man {command}")).stdout);
        assert!(first.contains(&format!("redeliver\\-{command}(1)")), "no {command} in:\n{first}");
    }
    assert_eq!(first, place.redeliver("man").stdout);
}

#[test]
fn pages_read_well_and_have_every_option() {
    let place = Place::new();
    let source = place.redeliver("man run").stdout;
    let shown = rendered(&source).unwrap_or_else(|| source.replace('\\', ""));
    for part in
        ["redeliver-run", "SYNOPSIS", "--shard", "--report", "--target", "Examples:", "redeliver run --target moto"]
    {
        assert!(shown.contains(part), "no {part} in:\n{shown}");
    }
    let first = place.redeliver("man").stdout;
    let shown = rendered(&first).unwrap_or_else(|| first.replace('\\', ""));
    for part in ["redeliver-serve(1)", "Exit codes:", "143"] {
        assert!(shown.contains(part), "no {part} in:\n{shown}");
    }
}

#[test]
fn page_of_no_command_is_told_with_the_likeliest() {
    let ended = Place::new().redeliver("man rum");
    let text = "error: there is no command `rum`: did you mean `run`?\n";
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(2), text));
}
