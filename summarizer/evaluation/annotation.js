"use strict";
{
  const byId = (name) => document.getElementById(name);
  const given = JSON.parse(byId("given").textContent);
  const [article, chosen, line] = ["article", "chosen", "line"].map(byId);
  const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/gu;

  // A text as it is shown: of the same length, with nothing invisible and nothing that turns the direction of writing.
  const shown = (text) => text.replace(HIDDEN, (each) => ("\n\t".includes(each) ? each : "\ufffd".repeat(each.length)));
  const squeezed = (text) => text.replace(/\s+/g, " ").trim();
  const say = (text) => { byId("status").textContent = shown(text); };

  const fields = [...document.querySelectorAll(".field")].map((element) => ({
    name: element.dataset.name,
    label: element.dataset.label,
    key: element.dataset.key,
    reasons: element.dataset.name === "stated_rationale",
    list: element.querySelector("ul"),
    none: element.querySelector(".none"),
    take: element.querySelector(".take"),
    marks: [],
    offered: given.offered[element.dataset.name] ?? [],
  }));
  let picked = null; // what is selected in the article: its words, and from where to where they stand
  let saved = "";

  function made(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function button(text, words, act) {
    const found = made("button", { type: "button", textContent: text, onclick: act });
    found.setAttribute("aria-label", `${text} ${shown(words)}`);
    return found;
  }

  // Choosing words

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!article.contains(range.commonAncestorContainer)) return;
    const before = document.createRange();
    before.selectNodeContents(article);
    before.setEnd(range.startContainer, range.startOffset);
    let start = before.toString().length;
    let end = start + range.toString().length;
    while (start < end && /\s/.test(given.text[start])) start += 1;
    while (start < end && /\s/.test(given.text[end - 1])) end -= 1;
    if (start === end) return;
    picked = { words: squeezed(given.text.slice(start, end)), start, end };
    chosen.value = shown(picked.words);
  });

  chosen.addEventListener("input", () => { picked = null; });

  function found(words) {
    const start = given.text.indexOf(words);
    return { words, start, end: start + words.length };
  }

  function take(field) {
    const mark = picked ?? found(squeezed(chosen.value));
    if (!mark.words) return say("Select words in the article first, or write them into the box.");
    add(field, mark);
    picked = null;
    chosen.value = "";
    document.getSelection().removeAllRanges();
    say(`${field.label}: ${mark.words}${mark.start < 0 ? " (not in the article in these words)" : ""}`);
    if (field.reasons) [...field.list.querySelectorAll("input")].at(-1)?.focus(); // the speaker comes next
  }

  function add(field, mark) {
    if (!field.marks.some((each) => each.words === mark.words)) field.marks.push({ speaker: "", ...mark });
    field.offered = field.offered.filter((each) => each.words !== mark.words);
    field.none.checked = false;
    draw();
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = fields.find((each) => each.key && each.key === event.key.toLowerCase());
    if (!field) return;
    event.preventDefault();
    take(field);
  });

  // Showing what is marked

  function draw() {
    drawArticle();
    fields.forEach(drawField);
    drawSpeakers();
    tell();
  }

  function drawArticle() {
    const marks = fields.flatMap((field) => field.marks.filter((each) => each.start >= 0).map((each) => ({ ...each, label: field.label })));
    const cuts = [...new Set([0, given.text.length, ...marks.flatMap((each) => [each.start, each.end])])].sort((one, other) => one - other);
    article.replaceChildren(...cuts.slice(1).map((end, at) => {
      const start = cuts[at];
      const words = shown(given.text.slice(start, end));
      const around = marks.filter((each) => each.start <= start && end <= each.end);
      if (!around.length) return words;
      const mark = made("mark", {}, words);
      const ending = around.filter((each) => each.end === end).map((each) => each.label);
      mark.dataset.label = [...new Set(ending)].join(", ");
      mark.title = around.map((each) => each.label).join(", ");
      return mark;
    }));
  }

  function drawField(field) {
    field.list.replaceChildren(...field.marks.map((mark) => marked(field, mark)), ...field.offered.map((offer) => offered(field, offer)));
  }

  function marked(field, mark) {
    const remove = button("remove", mark.words, () => {
      field.marks = field.marks.filter((each) => each !== mark);
      draw();
      field.take.focus();
      say(`removed: ${mark.words}`);
    });
    const item = made("li", {}, made("q", {}, shown(mark.words)));
    if (field.reasons) {
      const speaker = made("input", { value: shown(mark.speaker), placeholder: "speaker", autocomplete: "off" });
      speaker.setAttribute("list", "speakers");
      speaker.setAttribute("aria-label", `speaker of ${shown(mark.words)}`);
      speaker.addEventListener("input", () => { mark.speaker = speaker.value; tell(); });
      item.append(speaker);
    }
    item.append(remove);
    return item;
  }

  function offered(field, offer) {
    const keep = button("keep", offer.words, () => {
      add(field, { ...offer, ...found(offer.words) });
      field.take.focus();
      say(`${field.label}: ${offer.words}`);
    });
    const by = offer.speaker ? `${shown(offer.speaker)}: ` : "";
    return made("li", { className: "offered" }, made("span", {}, "briefing: ", by), made("q", {}, shown(offer.words)), keep);
  }

  function drawSpeakers() {
    const every = fields.flatMap((field) => [...field.marks, ...field.offered].map((each) => ({ ...each, who: field.name === "who" })));
    const names = every.map((each) => (each.who ? each.words : each.speaker));
    byId("speakers").replaceChildren(...[...new Set(names.filter(Boolean))].map((name) => made("option", { value: shown(name) })));
  }

  // The gold

  function gold() {
    const answers = {};
    const told = {};
    for (const field of fields) {
      if (!field.marks.length && !field.none.checked) continue;
      if (field.reasons) told.stated_rationale = field.marks.map((each) => ({ reason: each.words, speaker: squeezed(each.speaker) || null }));
      else answers[field.name] = field.marks.map((each) => each.words);
    }
    const day = byId("dayless")?.checked ? { day: null } : byId("day")?.value ? { day: byId("day").value } : {};
    const scored = { ...(Object.keys(answers).length ? { answers } : {}), ...day, ...told };
    if (!Object.keys(scored).length) return null;
    const cluster = squeezed(byId("cluster").value);
    return {
      schema: "gold@1",
      id: squeezed(byId("identifier").value),
      ...(cluster ? { cluster } : {}),
      ...(given.published ? { published: given.published } : {}),
      language: given.language,
      text: given.text,
      ...scored,
    };
  }

  // JSON in one line, in which whatever is invisible is written by its number.
  function inLine(value) {
    const numbered = (each) => [...Array(each.length).keys()].map((at) => `\\u${each.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
    return JSON.stringify(value).replace(HIDDEN, numbered);
  }

  function tell() {
    const told = gold();
    const lacking = !told ? "Nothing is marked yet." : !told.id ? "The article has no id." : "";
    byId("lacking").textContent = lacking;
    line.value = lacking ? "" : inLine(told);
    for (const name of ["copy", "download"]) byId(name).disabled = Boolean(lacking);
  }

  byId("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(`${line.value}\n`);
    } catch {
      line.select();
      document.execCommand("copy");
    }
    saved = line.value;
    say("Copied.");
  });

  byId("download").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([`${line.value}\n`], { type: "application/jsonl" }));
    made("a", { href: address, download: `${gold().id.replace(/[^\w.-]+/g, "_")}.jsonl` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    saved = line.value;
    say("Downloaded.");
  });

  window.addEventListener("beforeunload", (event) => {
    if (line.value !== saved) event.preventDefault();
  });

  for (const field of fields) {
    field.take.addEventListener("click", () => take(field));
    field.none.addEventListener("change", () => {
      if (field.none.checked) field.marks = [];
      draw();
    });
  }
  for (const each of document.querySelectorAll("#day, #dayless, #identifier, #cluster")) {
    each.addEventListener("input", () => {
      if (each.id === "day" && each.value) byId("dayless").checked = false;
      if (each.id === "dayless" && each.checked) byId("day").value = "";
      tell();
    });
  }
  if (given.day && byId("day")) {
    byId("offered-day").append(`briefing: ${given.day} `, button("keep", given.day, () => {
      byId("day").value = given.day;
      byId("dayless").checked = false;
      tell();
    }));
  }
  draw();
}
