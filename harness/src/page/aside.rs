//! Story, schedule and the rest in words.

use std::fmt::Write as _;

use super::escape::escape;
use crate::story::lines::{Line, shorten};
use crate::story::read::Reading;
use crate::story::text::{also_line, counts, legality};
use crate::story::words::moment;
use crate::story::{Injected, Told, cause};

/// Most lines of the story, and most rows of the table of all moments.
const STORY_MAX: usize = 120;
const TABLE_MAX: usize = 1_000;

/// The story as a list.
pub(super) fn story(html: &mut String, told: &Told, lines: Vec<Line>) {
    html.push_str("<section aria-labelledby=\"story\">\n<h2 id=\"story\">Story</h2>\n<ol class=\"story\">\n");
    for line in shorten(lines, STORY_MAX, STORY_MAX) {
        let class = match (line.wrong, line.trouble) {
            (true, _) => " class=\"bad\"",
            (_, true) => " class=\"odd\"",
            _ => "",
        };
        let _ = write!(
            html,
            "<li{class}><span class=\"when\">{}</span> <span class=\"who\">{}</span> {}",
            line.when,
            escape(&line.who),
            escape(&line.text)
        );
        for fault in &line.faults {
            let _ = write!(html, " <span class=\"fault\">{}</span>", escape(fault));
        }
        if line.wrong {
            let _ = write!(html, " <strong>violates {}</strong>", escape(&told.property));
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ol>\n</section>\n");
}

/// What beside the story is known.
pub(super) fn facts(html: &mut String, told: &Told) {
    let _ = writeln!(
        html,
        "<section aria-labelledby=\"why\">\n<h2 id=\"why\">Why</h2>\n<p>{}.</p>\n</section>",
        escape_long(&cause(&told.property, &told.faults).text)
    );
    html.push_str("<section aria-labelledby=\"schedule\">\n<h2 id=\"schedule\">Minimal schedule</h2>\n");
    if told.faults.is_empty() {
        html.push_str("<p>None: the calm run fails.</p>\n");
    } else {
        let _ = writeln!(html, "<p class=\"quiet\">{}</p>\n<ul>", escape(&counts(told)));
        told.faults.iter().for_each(|fault| schedule(html, fault));
        html.push_str("</ul>\n");
    }
    html.push_str("</section>\n");
    list(html, "Witness", &told.witness);
    let also: Vec<_> = told.also.iter().map(also_line).collect();
    list(html, "The same consumer also fails in", &also);
    list(html, "Coverage", &told.coverage);
    if !told.replay.is_empty() {
        let _ = writeln!(html, "<section>\n<h2>Replay</h2>\n<pre>{}</pre>\n</section>", escape_long(&told.replay));
    }
    list(html, "Files", &told.files);
}

fn schedule(html: &mut String, fault: &Injected) {
    let _ = write!(
        html,
        "<li><span class=\"fault\">{}</span> at {}{}<br/>",
        escape(&fault.name()),
        escape(&fault.place),
        if fault.phase.is_empty() { String::new() } else { format!(", {}", escape(&fault.phase)) }
    );
    let legal = &fault.legality;
    if legal.guarantee.is_empty() || !legal.documentation.starts_with("https://") {
        let _ = writeln!(html, "{}</li>", escape(&legality(fault)));
        return;
    }
    let (guarantee, link) = (escape(&legal.guarantee), escape_long(&legal.documentation));
    let _ = writeln!(html, "legal ({guarantee}): <a href=\"{link}\">what AWS says</a></li>");
}

/// Text that is not cut.
fn escape_long(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(200).map(|chunk| escape(&chunk.iter().collect::<String>())).collect()
}

fn list(html: &mut String, title: &str, entries: &[String]) {
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(html, "<section>\n<h2>{title}</h2>\n<ul>");
    for entry in entries.iter().take(STORY_MAX) {
        let _ = writeln!(html, "<li>{}</li>", escape(entry));
    }
    html.push_str("</ul>\n</section>\n");
}

/// Everything that happened, folded away.
pub(super) fn everything(html: &mut String, reading: &Reading) {
    let all = reading.moments.len();
    let _ = writeln!(
        html,
        "<details>\n<summary>The whole run: {} of {all} moments</summary>\n<table>\n<thead><tr><th scope=\"col\">When</th><th \
         scope=\"col\">Who</th><th scope=\"col\">What</th></tr></thead>\n<tbody>",
        all.min(TABLE_MAX)
    );
    for found in reading.moments.iter().take(TABLE_MAX) {
        let who = found.process.map_or("queue", |process| reading.roles.name(process));
        let class = if found.trouble { " class=\"odd\"" } else { "" };
        let (when, who, what) = (moment(found.at_ms), escape(who), escape(&found.text));
        let _ = writeln!(html, "<tr{class}><td>{when}</td><td>{who}</td><td>{what}</td></tr>");
    }
    if all == 0 {
        html.push_str("<tr><td>0</td><td/><td>nothing</td></tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</details>\n");
}
