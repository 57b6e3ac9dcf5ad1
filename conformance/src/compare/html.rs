//! The comparison as one page with everything in it: no network, no other file.

use std::fmt::Write as _;

use super::escape::{escape, in_script};
use super::figures::{UNKNOWN, day, duration, memory, percent, thousands, version};
use super::matrix::service_name;
use super::{Column, Comparison, Counts, Row};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const FILTERS: &str = include_str!("filters.html");
/// What stands behind the name and the share of a target. The tables have their roles written out, since a phone shows this one as cards.
const FIGURES: [&str; 9] = [
    "Known deviations",
    "Failed",
    "Skipped",
    "Could not run",
    "Not in its report",
    "Took",
    "Peak memory",
    "CPU time",
    "Run on",
];
/// Nothing is loaded from anywhere, whatever a target's answers hold.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Writes the page. Tables stand in it as they are; only details are put together when they are asked for.
///
/// # Panics
///
/// Never: all keys are strings.
pub fn html(comparison: &Comparison) -> String {
    let data = serde_json::to_string(comparison).expect("all keys are strings");
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Who keeps which guarantee: {} targets</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#deviations\">Skip to the deviations</a>\n",
        comparison.targets.len(),
    );
    header(&mut page, comparison);
    page.push_str("<main>\n");
    targets(&mut page, comparison);
    matrix(&mut page, comparison);
    page.push_str(FILTERS);
    let _ = write!(
        page,
        "</main>\n<footer>\n<p>Written by <code>redeliver compare</code> {}. <code>redeliver run --target NAME --report json=FILE</code> runs a target, \
         <code>redeliver compare FILE.. --report html=PAGE</code> writes this page.</p>\n</footer>\n<script type=\"application/json\" \
         id=\"data\">{}</script>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        comparison.redeliver,
        in_script(&data),
    );
    page
}

fn header(page: &mut String, comparison: &Comparison) {
    let _ = write!(
        page,
        "<header>\n<p class=\"brand\">redeliver</p>\n<h1>Who keeps which guarantee</h1>\n<p class=\"lead\">{} cases of SQS, SNS and Kinesis on {} \
         targets, each with evidence of what AWS does. Compared on <time datetime=\"{}\">{}</time>.</p>\n</header>\n",
        thousands(comparison.cases),
        comparison.targets.len(),
        escape(&comparison.compared_at),
        day(Some(&comparison.compared_at)),
    );
}

fn targets(page: &mut String, comparison: &Comparison) {
    page.push_str(
        "<section aria-labelledby=\"targets-title\">\n<h2 id=\"targets-title\">Targets</h2>\n<div class=\"scroll targets-scroll\" role=\"region\" \
         tabindex=\"0\" aria-labelledby=\"targets-title\">\n<table class=\"targets\" role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\"><th \
         scope=\"col\" role=\"columnheader\">Target</th><th scope=\"col\" role=\"columnheader\">Passed</th>",
    );
    for label in FIGURES {
        let _ = write!(page, "<th scope=\"col\" role=\"columnheader\" class=\"n\">{label}</th>");
    }
    page.push_str("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for column in &comparison.targets {
        target(page, column);
    }
    let _ = write!(
        page,
        "</tbody>\n</table>\n</div>\n<p class=\"note\">Memory and CPU time are of the target’s own processes, where redeliver started them; a dash is \
         what a report does not tell. What a target does not have is skipped, and a skip is never a pass.{}</p>\n</section>\n",
        escape(comparison.ours()),
    );
}

fn target(page: &mut String, column: &Column) {
    let (counts, run) = (column.counts, &column.run);
    let shown = match version(column) {
        UNKNOWN => "version unknown",
        known => known,
    };
    let interrupted = if column.interrupted { " <em>interrupted</em>" } else { "" };
    let _ = write!(
        page,
        "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">{}<small>{}{interrupted}</small></th><td role=\"cell\" class=\"share\"><span \
         class=\"bar\" style=\"{}\"></span><b>{}</b> <small>{} of {}</small></td>",
        escape(&column.name),
        escape(shown),
        stops(counts),
        percent(counts),
        thousands(counts.passed),
        thousands(counts.all()),
    );
    let numbers =
        [counts.known, counts.failed, counts.skipped, counts.could_not_run, counts.not_selected].map(thousands);
    let took = [duration(run.elapsed_ms), memory(run.peak_memory_bytes), duration(run.cpu_ms)];
    let on = day(run.started_at.as_deref()).to_owned();
    for (label, figure) in FIGURES.iter().zip(numbers.into_iter().chain(took).chain([on])) {
        let class = if figure == "0" || figure == UNKNOWN { "n zero" } else { "n" };
        let _ = write!(page, "<td role=\"cell\" class=\"{class}\" data-label=\"{label}\">{}</td>", escape(&figure));
    }
    page.push_str("</tr>\n");
}

/// Where the parts of a bar end: what passed, then what deviates; the rest was not run.
fn stops(counts: Counts) -> String {
    let all = counts.all().max(1);
    let (passed, seen) = (counts.passed * 1000 / all, (counts.passed + counts.deviating()) * 1000 / all);
    format!("--p:{}.{}%;--d:{}.{}%", passed / 10, passed % 10, seen / 10, seen % 10)
}

fn matrix(page: &mut String, comparison: &Comparison) {
    page.push_str(
        "<section aria-labelledby=\"matrix-title\">\n<h2 id=\"matrix-title\">Guarantees</h2>\n<p class=\"note\">30/41: 30 of 41 cases ended as on AWS. \
         <span class=\"key ok\">passed</span> <span class=\"key bad\">deviates, known or not</span> <span class=\"key off\">not run</span> \
         <span class=\"screen\">Press a number to see its cases.</span></p>\n<div class=\"scroll tall\" role=\"region\" tabindex=\"0\" \
         aria-labelledby=\"matrix-title\">\n<table class=\"matrix\">\n<thead><tr><th scope=\"col\">Guarantee</th>",
    );
    for (at, column) in comparison.targets.iter().enumerate() {
        let _ = write!(page, "<th scope=\"col\" data-target=\"{at}\">{}</th>", escape(&column.name));
    }
    page.push_str("</tr></thead>\n");
    for (service, sums) in comparison.by_service() {
        let _ = write!(
            page,
            "<tbody data-service=\"{0}\">\n<tr class=\"sum\"><th scope=\"rowgroup\">{1}</th>",
            escape(service),
            escape(service_name(service))
        );
        cells(page, comparison, service_name(service), &sums);
        page.push_str("</tr>\n");
        for row in comparison.rows.iter().filter(|row| row.service == service) {
            guarantee(page, comparison, row);
        }
        page.push_str("</tbody>\n");
    }
    page.push_str("</table>\n</div>\n</section>\n");
}

fn guarantee(page: &mut String, comparison: &Comparison, row: &Row) {
    let name = escape(&row.guarantee);
    let _ =
        write!(page, "<tr data-guarantee=\"{name}\"><th scope=\"row\" title=\"{}\">{name}</th>", escape(row.meaning));
    cells(page, comparison, &format!("{} {}", service_name(&row.service), row.guarantee), &row.cells);
    page.push_str("</tr>\n");
}

/// The cells of a row: buttons where there are cases to show.
fn cells(page: &mut String, comparison: &Comparison, what: &str, cells: &[Counts]) {
    for (at, (counts, column)) in cells.iter().zip(&comparison.targets).enumerate() {
        let (not_run, all) = (counts.not_run(), counts.all());
        let number = if not_run == all { UNKNOWN.to_owned() } else { format!("{}/{all}", counts.passed) };
        let note = match not_run {
            0 => String::new(),
            count if count == all => String::new(),
            count => format!("<small>{} not run</small>", thousands(count)),
        };
        let inside = format!("<span class=\"bar\" style=\"{}\"></span>{number}{note}", stops(*counts));
        let _ = write!(page, "<td data-target=\"{at}\">");
        let has_cases = counts.deviating() + counts.skipped + counts.could_not_run > 0;
        let _ = if has_cases {
            let label = format!(
                "{}, {what}: {} of {all} passed, {} deviate, {not_run} not run",
                column.name,
                counts.passed,
                counts.deviating()
            );
            let show = if counts.deviating() > 0 { "deviates" } else { "not-run" };
            write!(
                page,
                "<button type=\"button\" data-show=\"{show}\" aria-label=\"{}\">{inside}</button>",
                escape(&label)
            )
        } else {
            write!(page, "<span class=\"whole\">{inside}</span>")
        };
        page.push_str("</td>");
    }
}
