"use strict";
{
  const byId = (name) => document.getElementById(name);
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const [dock, told, found, back, status] = ["dock", "told", "found", "back", "status"].map(byId);
  const numbers = (item) => (item.dataset.s ? item.dataset.s.split(" ") : []);
  const textOf = (element) => element.querySelector(".text").textContent;
  let from = null; // what was followed last: an item's link or a sentence's, to which Escape goes back

  // Marking

  function clear() {
    all(".lit, .chosen").forEach((each) => each.classList.remove("lit", "chosen"));
    all("[aria-expanded=true]").forEach((each) => each.setAttribute("aria-expanded", "false"));
    all("[aria-current]").forEach((each) => each.removeAttribute("aria-current"));
    dock.hidden = true;
    found.replaceChildren();
    status.textContent = "";
  }

  function say(text, place, label) {
    told.textContent = text;
    status.textContent = `${text}. Escape leads back.`;
    back.href = `#${place.id}`;
    back.textContent = label;
    dock.hidden = false;
  }

  // An item: its evidence is marked, its own words there more strongly.
  function choose(item, link) {
    clear();
    from = link;
    item.classList.add("chosen");
    link.setAttribute("aria-current", "true");
    for (const number of numbers(item)) byId(`s${number}`)?.classList.add("lit");
    all(".exact").filter((each) => each.dataset.of.split(" ").includes(item.id)).forEach((each) => each.classList.add("lit"));
    say(`Evidence of \u201c${shortened(textOf(item))}\u201d`, item, "Back to item");
  }

  // A sentence: the items that rest on it are marked, and listed.
  function open(sentence, link) {
    const again = link.getAttribute("aria-expanded") === "true";
    clear();
    if (again) return;
    from = link;
    sentence.classList.add("chosen");
    link.setAttribute("aria-expanded", "true");
    const number = sentence.id.slice(1);
    const items = all(".item").filter((each) => numbers(each).includes(number));
    items.forEach((each) => each.classList.add("lit"));
    found.replaceChildren(...all(`#r${number} > ul > li`).map((each) => each.cloneNode(true)));
    const resting = items.filter((each) => !each.classList.contains("refused")).length;
    say(counted(resting), sentence, "Back to sentence");
    uncover(sentence);
    reveal(items.filter((each) => each.checkVisibility()));
  }

  const counted = (count) =>
    count === 0 ? "Nothing rests on this sentence; it came nearest to what was rejected"
      : count === 1 ? "1 item rests on this sentence" : `${count} items rest on this sentence`;
  const shortened = (text) => (text.length > 90 ? `${text.slice(0, 89).trimEnd()}\u2026` : text);

  function uncover(sentence) {
    const covered = sentence.getBoundingClientRect().bottom - dock.getBoundingClientRect().top;
    if (covered > 0) (beside() ? byId("article") : window).scrollBy({ top: covered + 16 });
  }

  // Beside the article, an item is brought into view; below each other, that would leave the sentence.
  const beside = () => getComputedStyle(byId("article")).position === "sticky";
  function reveal(items) {
    const seen = ({ top, bottom }) => top >= 0 && bottom <= innerHeight;
    if (beside() && items.length && !items.some((each) => seen(each.getBoundingClientRect()))) items[0].scrollIntoView({ block: "center" });
  }

  // What is clicked, touched or pressed

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (event.target.closest("summary, button") || (link && !link.classList.contains("mark"))) return;
    if (!link && String(document.getSelection())) return; // words were selected, to be copied
    const item = event.target.closest(".item") ?? itemBeside(link);
    const sentence = event.target.closest("article .cited");
    if (item) {
      const mark = link ?? item.querySelector("a.mark");
      if (!mark) return;
      event.preventDefault();
      choose(item, mark);
      follow(mark);
    } else if (sentence) {
      event.preventDefault();
      open(sentence, sentence.querySelector("a.mark"));
      if (event.detail === 0) found.querySelector("a")?.focus(); // by key: the list stands far behind in the order of tabs
    } else if (link && byId(link.hash.slice(1)).matches(".cited")) {
      event.preventDefault();
      clear();
      follow(link);
    }
  });

  // The item that a line of another list is about.
  const itemBeside = (link) => byId(link?.closest("dd, .days li")?.querySelector("a:not(.mark)").hash.slice(1));

  // As a link would. Beside the article the briefing stays where it is, which a link's own way would move too.
  function follow(mark) {
    const [place, pane] = [byId(mark.hash.slice(1)), byId("article")];
    if (beside()) {
      history.pushState(null, "", mark.hash);
      pane.scrollTo({ top: pane.scrollTop + place.getBoundingClientRect().top - innerHeight * 0.3 });
    } else if (location.hash === mark.hash) place.scrollIntoView();
    else location.hash = mark.hash;
    place.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !dock.hidden) {
      clear();
      from.focus();
    } else if (event.key === " " && event.target.matches("a.mark")) {
      event.preventDefault();
      event.target.click();
    }
  });

  byId("close").addEventListener("click", () => {
    clear();
    from.focus({ preventScroll: true });
  });

  back.addEventListener("click", () => {
    const place = from;
    clear();
    setTimeout(() => place.focus({ preventScroll: true })); // when the browser has gone there
  });

  found.addEventListener("click", (event) => {
    const item = event.target.closest("a") && byId(event.target.closest("a").hash.slice(1));
    item?.closest("details")?.setAttribute("open", "");
  });

  window.addEventListener("popstate", () => { if (!byId(location.hash.slice(1))?.matches(".lit, .chosen")) clear(); });

  let folded = []; // what is unfolded for printing, and folded again behind it
  window.addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    folded.forEach((each) => { each.open = true; });
  });
  window.addEventListener("afterprint", () => folded.forEach((each) => { each.open = false; }));

  // What a script makes possible is offered when there is one.
  document.body.classList.add("live");
  for (const mark of all("article .cited > a.mark")) {
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-expanded", "false");
    mark.setAttribute("aria-controls", "dock");
  }
}
