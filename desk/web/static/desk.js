// The desk's own script: what a plain form cannot do. Every page works without it.
"use strict";
(() => {
  const byId = (name) => document.getElementById(name);
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  // A form that htmx sent and that was refused: the review page comes back with the reason in it; of any other page show
  // its message where the notes stand.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (target?.id === "review" && xhr.status >= 400 && parsed(xhr.responseText).getElementById("review")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const note = byId("note");
    const page = parsed(event.detail.xhr.responseText);
    if (note) note.textContent = page.querySelector(".problem, .lead")?.textContent || "That did not work. Reload the page.";
  });

  // On a phone the strip is wider than the window: bring the slide of the card into it, and leave the page where it is.
  const follow = () => {
    const strip = document.querySelector("#review .strip");
    const now = strip?.querySelector("[aria-current]");
    if (now) strip.scrollLeft += now.getBoundingClientRect().left - strip.getBoundingClientRect().left - strip.clientWidth / 2;
  };

  // After a decision the next card is there: put the focus on it, as the page itself does when it is loaded.
  const arrive = () => {
    const card = document.querySelector("#review [data-focus]");
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    follow();
  };
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target?.id === "review" || event.target?.id === "review") arrive(); });
  window.addEventListener("load", () => { if (document.activeElement === document.body) arrive(); else follow(); });

  const open = (name) => {
    const box = byId(name);
    if (!box) return;
    box.open = true;
    (box.querySelector("form button[data-key], textarea, input:not([type=hidden])") || box.querySelector("summary")).focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-open]");
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    open(link.dataset.open);
  }, true);

  // Single letters act only while the focus is on a card and not in a field, and can be switched off (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    const focus = document.activeElement;
    if (!focus?.closest(".desk[data-keys=on] .cards") || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.key === "Escape") { arrive(); return; }
    if (event.key.length !== 1 || focus.matches("input, textarea, select")) return;
    const wanted = document.querySelector(`#review [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!wanted || (wanted.closest("#keep") && !byId("keep").open)) return;
    event.preventDefault();
    if (wanted.dataset.open) open(wanted.dataset.open);
    else if (wanted.matches("input")) { wanted.focus(); wanted.select(); }
    else if (wanted.matches("[value=replace]") && !byId("instead").value.trim()) byId("instead").focus();
    else wanted.click();
  });

  // Selected text of a document fills the form for a finding that no rule saw. Offsets count characters, not code units.
  const length = (text) => Array.from(text).length;
  document.addEventListener("mouseup", () => {
    const chosen = window.getSelection();
    const form = document.querySelector("#missed form");
    if (!form || !chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    const line = (range.startContainer.parentElement || range.startContainer).closest?.(".line");
    if (!line || !line.contains(range.endContainer)) return;
    const before = range.cloneRange();
    before.selectNodeContents(line);
    before.setEnd(range.startContainer, range.startOffset);
    const text = range.toString();
    form.elements.start.value = length(before.toString());
    form.elements.end.value = length(before.toString()) + length(text);
    form.elements.block.value = line.dataset.block;
    form.elements.words.value = text;
    byId("missed").open = true;
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("#missed form");
    if (form && event.target.matches("[name=words], [name=block]")) { form.elements.start.value = -1; form.elements.end.value = -1; }
  });
})();
