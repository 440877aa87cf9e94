// The desk's own script: what a plain form cannot do. Every page works without it.
"use strict";
(() => {
  const byId = (name) => document.getElementById(name);
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  // Keys pressed between a decision and the next card wait here, for the card would be gone before they act.
  const ahead = [];
  let sent = null; // what asked for the next card, until that is there

  // A form that htmx sent and that was refused: the review page comes back with the reason in it; of any other page show
  // its message where the notes stand.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (target?.id !== "review") return;
    const there = parsed(xhr.responseText).getElementById("review");
    if (xhr.status >= 400) ahead.length = 0; // what was typed ahead was meant for another card
    if (xhr.status >= 400 && there) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    } else if (xhr.status < 300 && xhr.status !== 204 && !there) { // signed out meanwhile: go where the answer came from
      event.detail.shouldSwap = false;
      location.assign(xhr.responseURL);
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

  // Where the page stands when a card is there: as far up as it goes with the buttons of the card still in the window, so
  // that title and strip stay in sight; then from the strip on, from the slide on, and at last from the card on.
  const settle = (card) => {
    const form = card.querySelector("#decide") || card.querySelector("header") || card;
    const ends = form.getBoundingClientRect().top + scrollY + (form.querySelector(".bar")?.offsetHeight || 0) + 16;
    const tops = [".strip", ".slide"].map((name) => document.querySelector(`#review ${name}`)).filter(Boolean);
    const places = [0, ...[...tops, card].map((each) => Math.max(0, each.getBoundingClientRect().top + scrollY - 8))];
    window.scrollTo(0, places.find((top) => ends - top <= innerHeight) ?? places[places.length - 1]);
  };

  // After a decision the next card is there: put the focus on it, as the page itself does when it is loaded.
  const arrive = () => {
    const card = document.querySelector("#review [data-focus]");
    if (!card) return;
    card.focus({ preventScroll: true });
    settle(card);
    follow();
  };
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.target?.id === "review") sent = event.detail.elt; });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.target?.id === "review" && event.detail.failed) { sent = null; ahead.length = 0; }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "review" && event.target?.id !== "review") return;
    sent = null;
    arrive();
    while (ahead.length && !sent) act(ahead.shift());
  });
  window.addEventListener("load", () => {
    if (document.activeElement === document.body || document.activeElement?.matches("#review [data-focus]")) arrive(); else follow();
  });

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

  const act = (key) => {
    const focus = document.activeElement;
    if (!focus?.closest(".desk[data-keys=on] .cards") || focus.matches("input, textarea, select")) return false;
    const wanted = document.querySelector(`#review [data-key="${CSS.escape(key)}"]`);
    if (!wanted || (wanted.closest("#keep") && !byId("keep").open)) return false;
    if (wanted.dataset.open) open(wanted.dataset.open);
    else if (wanted.matches("input")) { wanted.focus(); wanted.select(); }
    else if (wanted.matches("[value=replace]") && !byId("instead").value.trim()) byId("instead").focus();
    else wanted.click();
    return true;
  };

  // Single letters act only while the focus is on a card and not in a field, and can be switched off (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    const focus = document.activeElement;
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.key === "Escape") { ahead.length = 0; if (focus?.closest(".desk[data-keys=on] .cards")) arrive(); return; }
    if (event.key.length !== 1 || event.key === " ") return;
    const leaving = sent && document.querySelector(".desk[data-keys=on]") &&
      (focus === document.body || (focus.closest("#review .cards") && (!focus.matches("input, textarea, select") || sent.contains(focus))));
    if (leaving) { ahead.push(event.key.toLowerCase()); event.preventDefault(); } else if (act(event.key.toLowerCase())) event.preventDefault();
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
