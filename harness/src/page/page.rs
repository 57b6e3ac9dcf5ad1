//! The whole page.

use redeliver_check::KeyRule;

use super::aside::{everything, facts, story};
use super::chart::chart;
use super::escape::escape;
use crate::story::Told;
use crate::story::lines::lines;
use crate::story::read::Reading;
use crate::story::slice::Slice;

const STYLE: &str = include_str!("page.css");

/// One HTML page that is XML as well. The same failure gives the same page; its size does not grow with the run.
pub fn page(told: &Told) -> String {
    let reading = Reading::of(&told.history, &told.names, &KeyRule::Usual);
    let slice = Slice::of(told, &reading);
    let (title, headline) = (escape(&format!("{}: {}", told.property, told.headline)), escape(&told.headline));
    let mut html = format!(
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"/>\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1><span class=\"verdict\">FAILED</span> {}</h1>\n<p class=\"headline\">{headline}</p>\n<p class=\"quiet\">test \
         {}</p>\n</header>\n<main>\n<figure>\n<div class=\"scroll\">\n",
        escape(&told.property),
        escape(&told.test),
    );
    html.push_str(&chart(told, &slice, &reading));
    html.push_str("</div>\n");
    html.push_str(KEY);
    html.push_str("</figure>\n<div class=\"columns\">\n<div>\n");
    story(&mut html, told, lines(&slice, &reading));
    html.push_str("</div>\n<div>\n");
    facts(&mut html, told);
    html.push_str("</div>\n</div>\n");
    everything(&mut html, &reading);
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// What the signs mean.
const KEY: &str = "<figcaption>Virtual time, shortened where nothing happens. Bars in the queue: a message is hidden for the worker of \
                   that colour; striped: for nobody. Bars of workers: busy with a message. Diamond: effect. Circle: send. Cross: delete, or \
                   a crash when it is large. Dashed lines: faults.</figcaption>\n";
