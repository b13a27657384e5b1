"use strict";
{
  const byId = (name) => document.getElementById(name);
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const tabs = all("[role=tab]");
  const status = byId("status");
  let from = null; // the link that was followed last, to which Escape goes back

  // One article at a time, the others behind their tabs.
  function open(article) {
    all(".text-of").forEach((each) => each.classList.toggle("open", each === article));
    tabs.forEach((tab) => {
      const chosen = tab.getAttribute("aria-controls") === article.id;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    });
  }

  function clear() {
    all(".lit, .chosen").forEach((each) => each.classList.remove("lit", "chosen"));
    status.textContent = "";
  }

  // An item leads to its sentence: that is marked, and the words that the item has from there more strongly.
  function follow(link) {
    const place = byId(link.hash.slice(1));
    const item = link.closest(".item");
    clear();
    from = link;
    open(place.closest(".text-of") ?? place);
    place.classList.add("lit");
    item?.classList.add("chosen");
    const words = item?.dataset.words;
    all(".exact").filter((each) => words && each.dataset.of.split(" ").includes(words)).forEach((each) => each.classList.add("lit"));
    place.scrollIntoView({ block: place.matches(".text-of") ? "start" : "center" });
    place.focus({ preventScroll: true });
    status.textContent = `${link.getAttribute("aria-label") ?? link.textContent}. Escape leads back.`;
  }

  document.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    const item = event.target.closest(".item");
    const link = event.target.closest("a[href^='#b']") ?? (event.target.closest("a, summary") ? null : item?.querySelector("a.mark"));
    if (tab) {
      open(byId(tab.getAttribute("aria-controls")));
    } else if (link && !String(document.getSelection())) {
      event.preventDefault();
      follow(link);
    }
  });

  document.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape" && from) {
      clear();
      from.focus();
    } else if (at >= 0 && step) {
      const next = tabs[(at + step + tabs.length) % tabs.length];
      open(byId(next.getAttribute("aria-controls")));
      next.focus();
    }
  });

  let folded = []; // what is unfolded for printing, and folded again behind it
  window.addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    folded.forEach((each) => { each.open = true; });
  });
  window.addEventListener("afterprint", () => folded.forEach((each) => { each.open = false; }));

  document.body.classList.add("live");
  byId("articles").querySelector(".tabs").hidden = false;
  all(".text-of").forEach((each, at) => {
    each.setAttribute("role", "tabpanel");
    each.setAttribute("aria-labelledby", `t${at + 1}`);
  });
  open(byId("b1"));
}
