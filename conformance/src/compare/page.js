"use strict";
(() => {
  const PART = 40;
  const NAMES = { known: "Known deviation", failed: "Failed", skipped: "Skipped", "could-not-run": "Could not run", passed: "Passed" };
  const SERVICES = { sqs: "SQS", sns: "SNS", kinesis: "Kinesis", flows: "across services" };
  const SHOWN = {
    deviates: ["known", "failed"], known: ["known"], failed: ["failed"], "not-run": ["skipped", "could-not-run"],
    skipped: ["skipped"], "could-not-run": ["could-not-run"], remark: ["passed"], all: Object.keys(NAMES),
  };
  const data = JSON.parse(document.getElementById("data").textContent);
  const targets = new Map(data.targets.map((target, at) => [target.name, { ...target, at }]));
  const meanings = new Map(data.rows.map((row) => [row.guarantee, row.meaning]));
  const form = document.querySelector(".filters");
  const list = document.getElementById("list");
  const more = document.getElementById("more");
  const section = document.getElementById("deviations");

  // Every result that there is something to tell of, with the text that a search looks through.
  const results = data.entries.flatMap((entry) => Object.entries(entry.results).map(([target, told]) => ({
    entry, target, told, service: entry.id.split("/")[0],
    text: [entry.id, told.title, told.known, told.call, ...(told.witness || []),
      ...(told.differences || []).flatMap((one) => [one.at, one.expected, one.seen])].join("\n").toLowerCase(),
  })));

  const make = (tag, properties, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  const fill = (name, values) => form.elements[name].append(...values.map(([value, text]) => make("option", { value, textContent: text })));
  fill("target", data.targets.map(({ name }) => [name, name]));
  fill("service", [...new Set(data.rows.map((row) => row.service))].map((name) => [name, SERVICES[name] || name]));
  fill("guarantee", [...meanings.keys()].sort().map((name) => [name, name]));

  const wanted = () => Object.fromEntries(["target", "service", "guarantee", "verdict", "text"].map((name) => [name, form.elements[name].value]));

  const matching = (wish) => {
    const outcomes = SHOWN[wish.verdict];
    const words = wish.text.toLowerCase().split(/\s+/).filter(Boolean);
    return results.filter((one) => outcomes.includes(one.told.outcome) && (!wish.target || one.target === wish.target)
      && (!wish.service || one.service === wish.service) && (!wish.guarantee || one.entry.guarantee === wish.guarantee)
      && words.every((word) => one.text.includes(word)));
  };

  // Names of calls and members stand between backticks.
  const spoken = (tag, text, properties = {}) => make(tag, properties,
    ...text.split("`").map((part, at, parts) => (at % 2 === 0 ? part : at < parts.length - 1 ? make("code", { textContent: part }) : `\`${part}`)));
  const code = (text) => make("pre", {}, make("code", { textContent: text }));
  const row = (name, ...inside) => make("div", {}, make("dt", { textContent: name }), make("dd", {}, ...inside));
  const evidence = (line) => {
    const url = /https:\/\/\S+/.exec(line);
    if (!url) return make("p", { textContent: line });
    const link = make("a", { href: url[0], textContent: url[0], rel: "noopener noreferrer" });
    return make("p", {}, line.slice(0, url.index), link, line.slice(url.index + url[0].length));
  };
  const command = (text) => {
    const copy = make("button", { type: "button", className: "copy", textContent: "Copy" });
    const shown = code(text);
    copy.addEventListener("click", async () => {
      // Where the clipboard is not to be had, the text is marked, ready to be copied by hand.
      try {
        await navigator.clipboard.writeText(text);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(shown);
        copy.textContent = "Marked";
      }
      setTimeout(() => { copy.textContent = "Copy"; }, 2000);
    });
    return make("div", { className: "command" }, shown, copy);
  };

  const details = ({ entry, target, told }) => {
    const body = make("dl", {});
    if (told.title) body.append(row(told.outcome === "skipped" ? "Why not" : "What", ...told.title.split("\n").map((line) => spoken("p", line))));
    for (const one of told.differences || []) {
      body.append(row("Expected", code(one.expected), ...(one.at ? [make("small", { textContent: `at ${one.at}` })] : [])), row("Seen", code(one.seen)));
    }
    if (told.witness) body.append(row("Witness", code(told.witness.join("\n"))));
    if (told.known) body.append(row("Known", spoken("p", told.known)));
    if (entry.evidence) body.append(row("Why AWS", ...entry.evidence.map(evidence)));
    const others = Object.entries(entry.results).filter(([name, other]) => name !== target && SHOWN.deviates.includes(other.outcome)).map(([name]) => name);
    if (others.length && SHOWN.deviates.includes(told.outcome)) body.append(row("Also deviate", make("p", { textContent: others.join(", ") })));
    body.append(row("Again", command(targets.get(target).again.replaceAll("${id}", entry.id))));
    body.append(row("The case", command(`redeliver explain '${entry.id}'`)));
    return body;
  };

  const item = (one) => {
    const { entry, target, told } = one;
    const reason = (told.known || told.title || told.verdict).split("\n")[0];
    const summary = make("summary", {},
      make("span", { className: `badge ${told.outcome}`, textContent: told.outcome === "passed" ? told.verdict : NAMES[told.outcome] }),
      make("b", { textContent: target }), make("span", { className: "id", textContent: entry.id }), spoken("span", reason, { className: "reason" }));
    const element = make("details", {}, summary);
    element.addEventListener("toggle", () => { if (element.open && element.children.length === 1) element.append(details(one)); });
    return make("li", {}, element);
  };

  let found = [];
  const extend = () => {
    const start = list.children.length;
    list.append(...found.slice(start, start + PART).map(item));
    const left = found.length - list.children.length;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, PART)} more of ${left.toLocaleString("en")}`;
    return start;
  };

  // Columns and rows of the table that the filters leave out.
  const narrow = (wish) => {
    const column = wish.target ? String(targets.get(wish.target).at) : "";
    for (const cell of document.querySelectorAll(".matrix [data-target]")) cell.hidden = column !== "" && cell.dataset.target !== column;
    for (const body of document.querySelectorAll(".matrix tbody")) {
      let rows = 0;
      for (const line of body.querySelectorAll("[data-guarantee]")) {
        line.hidden = wish.guarantee !== "" && line.dataset.guarantee !== wish.guarantee;
        rows += line.hidden ? 0 : 1;
      }
      body.querySelector(".sum").classList.toggle("dim", wish.guarantee !== "");
      body.hidden = rows === 0 || (wish.service !== "" && body.dataset.service !== wish.service);
    }
  };

  const address = (wish) => {
    const parts = Object.entries(wish).filter(([name, value]) => value && !(name === "verdict" && value === "deviates"));
    return parts.length ? `#${new URLSearchParams(parts)}` : "#";
  };

  const show = () => {
    const wish = wanted();
    found = matching(wish);
    list.replaceChildren();
    extend();
    const cases = new Set(found.map((one) => one.entry.id)).size;
    const of = found.length === cases ? "" : ` in ${cases.toLocaleString("en")} ${cases === 1 ? "case" : "cases"}`;
    document.getElementById("count").textContent = found.length ? `${found.length.toLocaleString("en")} ${found.length === 1 ? "result" : "results"}${of}` : "Nothing matches these filters.";
    const meaning = document.getElementById("meaning");
    meaning.hidden = !meanings.get(wish.guarantee);
    meaning.textContent = meaning.hidden ? "" : `${wish.guarantee}: ${meanings.get(wish.guarantee)}.`;
    narrow(wish);
    return wish;
  };
  const changed = () => history.replaceState(null, "", address(show()));

  const fromAddress = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of ["target", "service", "guarantee", "verdict", "text"]) {
      const field = form.elements[name];
      field.value = asked.get(name) ?? (name === "verdict" ? "deviates" : "");
      // A word that is not in a list selects nothing; then nothing was asked.
      if (field.tagName === "SELECT" && field.selectedIndex < 0) field.selectedIndex = 0;
    }
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", changed);
  form.addEventListener("reset", () => setTimeout(changed));
  more.addEventListener("click", () => list.children[extend()].querySelector("summary").focus());
  addEventListener("hashchange", () => { fromAddress(); show(); });
  document.querySelector(".matrix").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const cell = button.closest("td");
    form.elements.target.value = data.targets[cell.dataset.target].name;
    form.elements.service.value = cell.closest("tbody").dataset.service;
    form.elements.guarantee.value = cell.closest("tr").dataset.guarantee || "";
    form.elements.verdict.value = button.dataset.show;
    form.elements.text.value = "";
    changed();
    section.scrollIntoView();
    section.focus({ preventScroll: true });
  });

  fromAddress();
  show();
})();
