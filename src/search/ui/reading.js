// The reader's script: sentences that are selected, and a footnote's text over its mark.
(function () {
  "use strict";
  if (window.kamerwijzerReader) return;
  window.kamerwijzerReader = true;

  // CRC-32 of UTF-8, as in permalinks.py, for the link to a selection.
  const SUMS = new Uint32Array(256).map(function (_, sum) {
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xEDB88320 : sum >>> 1;
    return sum;
  });

  function checksum(text) {
    let sum = -1;
    for (const byte of new TextEncoder().encode(text)) sum = (sum >>> 8) ^ SUMS[(sum ^ byte) & 255];
    return ((sum ^ -1) >>> 0).toString(16).padStart(8, "0");
  }

  // The characters of a block as the document has them: offsets count code points.
  function wordsOf(block) {
    const copied = block.cloneNode(true);
    for (const extra of copied.querySelectorAll("sup, .kw-anchor, .kw-marked")) extra.remove();
    return Array.from(copied.textContent);
  }

  function textBetween(article, start, end) {
    let text = "";
    let done = start;
    for (const block of article.querySelectorAll("[data-citaat]")) {
      const first = Number(block.dataset.van);
      const last = Number(block.dataset.tot);
      if (last <= start || first >= end) continue;
      // Between two blocks there are only line ends.
      text += "\n".repeat(Math.max(0, first - done));
      text += wordsOf(block).slice(Math.max(0, start - first), end - first).join("");
      done = last;
    }
    return text;
  }

  function put(box, top, bottom, left) {
    const edge = 8;
    const room = document.documentElement;
    let y = top - box.offsetHeight - edge;
    if (y < edge) y = Math.min(bottom + edge, room.clientHeight - box.offsetHeight - edge);
    const x = Math.min(left, room.clientWidth - box.offsetWidth - edge);
    box.style.setProperty("--kw-x", Math.max(edge, x) + "px");
    box.style.setProperty("--kw-y", y + "px");
  }

  function touches(range, sentence) {
    if (!range.intersectsNode(sentence)) return false;
    const part = document.createRange();
    part.selectNodeContents(sentence);
    if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) {
      part.setStart(range.startContainer, range.startOffset);
    }
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) {
      part.setEnd(range.endContainer, range.endOffset);
    }
    return part.toString().trim() !== "";
  }

  let choice = null;
  let choosing = 0;
  let pressed = false;

  function chosen() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const anchor = selection.anchorNode;
    const element = anchor instanceof Element ? anchor : anchor.parentElement;
    const article = element && element.closest(".kw-reader .kw-text");
    if (!article) return null;
    const range = selection.getRangeAt(0);
    const sentences = [...article.querySelectorAll(".kw-zin")];
    const touched = sentences.filter(function (sentence) { return touches(range, sentence); });
    if (!touched.length) return null;
    const start = Number(touched[0].dataset.van);
    const end = Number(touched[touched.length - 1].dataset.tot);
    const whole = sentences.filter(function (sentence) {
      return Number(sentence.dataset.van) >= start && Number(sentence.dataset.tot) <= end;
    });
    return { article, range, start, end, whole };
  }

  function placeBar(bar) {
    const first = choice.whole[0].getBoundingClientRect();
    const last = choice.whole[choice.whole.length - 1].getBoundingClientRect();
    put(bar, first.top, last.bottom, choice.range.getBoundingClientRect().left);
  }

  function withdraw() {
    window.clearTimeout(choosing);
    choice = null;
    for (const bar of document.querySelectorAll(".kw-select")) bar.hidden = true;
    for (const old of document.querySelectorAll("[data-kw-chosen]")) {
      old.removeAttribute("data-kw-chosen");
    }
  }

  // A selection becomes whole sentences: a quote that stops halfway may say the opposite.
  function offer() {
    const found = chosen();
    withdraw();
    const bar = found && found.article.parentElement.querySelector(".kw-select");
    if (!bar) return;
    choice = found;
    const text = textBetween(found.article, found.start, found.end);
    const cited = found.whole[0].closest("[data-citaat]").dataset.citaat;
    bar.querySelector("[data-kw-copy]").setAttribute("data-kw-copy", `«${text}» (${cited})`);
    const span = `&van=${found.start}&tot=${found.end}&proef=${checksum(text)}`;
    bar.querySelector(".kw-select-link").setAttribute("href", bar.dataset.kwLink + span);
    bar.querySelector("[data-kw-add]").setAttribute(
      "data-kw-add", `${found.start}.${found.end}.${checksum(text)}.${bar.dataset.kwDocument}`);
    const number = new Set(found.whole.map(function (each) { return each.dataset.van; })).size;
    bar.querySelector(".kw-select-count").textContent = number + (number === 1 ? " zin" : " zinnen");
    for (const sentence of found.whole) sentence.setAttribute("data-kw-chosen", "");
    bar.hidden = false;
    placeBar(bar);
  }

  function reconsider() {
    window.clearTimeout(choosing);
    const bar = document.querySelector(".kw-select");
    if (!bar || pressed || bar.contains(document.activeElement)) return;
    if (document.getSelection().isCollapsed) withdraw();
    else choosing = window.setTimeout(offer, 150);
  }

  document.addEventListener("selectionchange", reconsider);
  window.addEventListener("pointerdown", function (event) {
    pressed = event.pointerType === "mouse";
  }, { capture: true, passive: true });
  for (const end of ["pointerup", "pointercancel", "dragend"]) {
    window.addEventListener(end, function () {
      pressed = false;
      reconsider();
    }, { capture: true, passive: true });
  }
  document.addEventListener("mousedown", function (event) {
    // A press on the bar keeps the selection.
    if (event.target instanceof Element && event.target.closest(".kw-select")) event.preventDefault();
  });

  let noted = null;
  let hushing = 0;

  function hush() {
    window.clearTimeout(hushing);
    noted = null;
    for (const tip of document.querySelectorAll(".kw-tip")) tip.hidden = true;
  }

  function tell(mark) {
    window.clearTimeout(hushing);
    const note = document.getElementById(mark.getAttribute("aria-describedby"));
    const tip = document.querySelector(".kw-tip");
    if (!note || !tip || noted === mark) return;
    noted = mark;
    tip.textContent = wordsOf(note).join("");
    tip.hidden = false;
    placeTip(tip);
  }

  function placeTip(tip) {
    const box = noted.getBoundingClientRect();
    put(tip, box.top, box.bottom, box.left - 16);
  }

  function markOf(event) {
    return event.target instanceof Element ? event.target.closest(".kw-text .kw-note") : null;
  }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType === "touch") return;
    const mark = markOf(event);
    if (mark) tell(mark);
    else if (event.target instanceof Element && event.target.closest(".kw-tip")) {
      window.clearTimeout(hushing);
    } else if (noted && noted !== document.activeElement) {
      window.clearTimeout(hushing);
      hushing = window.setTimeout(hush, 200);
    }
  });
  document.addEventListener("focusin", function (event) {
    const mark = markOf(event);
    if (mark && mark.matches(":focus-visible")) tell(mark);
  });
  document.addEventListener("focusout", function (event) {
    if (markOf(event)) hush();
  });
  document.addEventListener("scroll", function () {
    const tip = noted && document.querySelector(".kw-tip");
    if (tip) placeTip(tip);
    const bar = choice && document.querySelector(".kw-select");
    if (bar) placeBar(bar);
  }, { capture: true, passive: true });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      hush();
      withdraw();
      return;
    }
    const bar = choice && document.querySelector(".kw-select");
    if (!bar || event.key !== "Tab" || event.shiftKey || bar.contains(document.activeElement)) return;
    event.preventDefault();
    bar.querySelector("button").focus();
  });
  document.addEventListener("click", function (event) {
    const link = event.target instanceof Element && event.target.closest(".kw a[href]");
    if (!link) return;
    hush();
    if (link.closest(".kw-select")) {
      document.getSelection().removeAllRanges();
      withdraw();
    }
  });
})();
