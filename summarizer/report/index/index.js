"use strict";
(() => {
  const form = document.getElementById("search"), input = document.getElementById("words");
  const told = document.getElementById("told");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = [...document.querySelectorAll("#entries > li")];
  let texts = null;
  const search = () => {
    texts ??= entries.map((each) => plain(each.textContent));
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    entries.forEach((each, at) => {
      const found = words.every((word) => texts[at].includes(word));
      if (each.hidden === found) each.hidden = !found;
      shown += found;
    });
    told.textContent = words.length ? `${shown.toLocaleString("en")} of ${entries.length.toLocaleString("en")} shown` : "";
  };
  let due = 0;
  input.addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(search, 80);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.hidden = false;
  if (input.value) search();
})();
