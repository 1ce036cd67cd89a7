// The script of every page: Dutch for Streamlit's own words, links, copying, scrolling, the list.
(function () {
  "use strict";
  if (window.kamerwijzer) return;
  window.kamerwijzer = true;

  const DUTCH = {
    "Skip to main content": "Naar de inhoud",
    "Clear all": "Wis alles",
    "Clear entry": "Wis",
    "No results": "Niets gevonden",
    "Selected values": "Gekozen",
    "Multiselect options": "Keuzes",
    "Connection error": "Geen verbinding",
    "Connecting": "Verbinding wordt gemaakt…",
    "Running...": "Bezig…",
    "Show suggestions": "Toon de keuzes",
    "Open": "Toon de keuzes",
    "Suggestions": "Keuzes",
    "streamlit run yourscript.py": "kamerwijzer serve",
    "Page not found": "Deze pagina is er niet",
    "App pages": "Pagina’s",
    "Close": "Sluit",
    "Upload": "Kies een bestand",
    "Browse files": "Kies een bestand",
    "Drag and drop file here": "Sleep een bestand hierheen",
    "file upload": "Kies een bestand",
    "Add files": "Kies een ander bestand",
    "add icon": "plusteken",
    "Error:": "Fout:",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "De app is gestopt. Start haar opnieuw en laad daarna deze pagina opnieuw."
  };
  const PATTERNS = [
    [/^(?:The page that you have requested|You have requested page).*$/,
      "Het adres wijst geen pagina van Kamerwijzer aan; u bent nu bij Vragen."],
    [/^Remove (.+)$/, "Verwijder $1"],
    [/^(\d+)\s?MB per file(.*)$/, "Hooguit $1 MB$2"],
    [/^.* files are not allowed\.?$/, "Een bestand van dit soort kan hier niet."],
    [/^File must be (\d+)(?:\.0)?\s?MB or smaller\.?$/,
      "Dit bestand is te groot: hooguit $1 MB kan."],
    [/^(\d+)\.(\d+)([KM]?B)$/, "$1,$2 $3"],
    [/^(.+), (?:press )?(?:Delete|Backspace).*$/i, "$1"]
  ];
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];

  function dutch(text) {
    const key = text.trim();
    if (!key) return text;
    if (Object.hasOwn(DUTCH, key)) return text.replace(key, DUTCH[key]);
    for (const [pattern, words] of PATTERNS) {
      if (pattern.test(key)) return key.replace(pattern, words);
    }
    return text;
  }

  function translateElement(element) {
    for (const name of ATTRIBUTES) {
      const old = element.getAttribute(name);
      if (old) {
        const fresh = dutch(old);
        if (fresh !== old) element.setAttribute(name, fresh);
      }
    }
  }

  function translate(root) {
    if (root.nodeType === Node.TEXT_NODE) {
      const parent = root.parentElement;
      if (parent && !parent.closest(".kw, script, style")) {
        const fresh = dutch(root.data);
        if (fresh !== root.data) root.data = fresh;
      }
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(".kw")) return;
    translateElement(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) translate(node);
      else if (!node.closest(".kw")) translateElement(node);
    }
  }

  function calm() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  function reach(target, place) {
    target.scrollIntoView({ block: place, behavior: calm() ? "auto" : "smooth" });
    target.focus({ preventScroll: true });
  }

  let shown = "";
  let settling = 0;
  function scrollToMark() {
    const target = document.querySelector("[data-kw-scroll]");
    if (!target) {
      shown = "";
      return;
    }
    if (shown === location.href) return;
    shown = location.href;
    const go = function () { target.scrollIntoView({ block: "center", behavior: "auto" }); };
    requestAnimationFrame(go);
    settling = window.setTimeout(go, 250);
  }

  async function copy(button) {
    let text = button.getAttribute("data-kw-copy");
    if (button.hasAttribute("data-kw-address")) text = new URL(text, document.baseURI).href;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch (error) {
      done = copyOldWay(text);
    }
    say(button, done ? "Gekopieerd" : "Kopiëren lukt niet");
  }

  // Shows for a moment, on the button and to a screen reader, the result of pressing it.
  function say(button, words) {
    const label = button.querySelector("[data-kw-label]");
    const status = button.querySelector("[data-kw-status]");
    const before = button.getAttribute("data-kw-name") || label.textContent;
    button.setAttribute("data-kw-name", before);
    label.textContent = words;
    status.textContent = words;
    button.setAttribute("data-kw-done", "");
    window.setTimeout(function () {
      label.textContent = before;
      status.textContent = "";
      button.removeAttribute("data-kw-done");
    }, 2500);
  }

  function copyOldWay(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  function follow(event, href) {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const mark = document.getElementById("gemarkeerd");
    if (mark && href === location.href) {
      reach(mark, "center");
      return;
    }
    window.history.pushState({}, "", href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    const main = document.getElementById("stMain");
    if (main) main.scrollTop = 0;
  }

  // A user who scrolls while the page is still being drawn is not scrolled back.
  for (const move of ["pointerdown", "wheel", "keydown"]) {
    window.addEventListener(move, function () { window.clearTimeout(settling); },
      { capture: true, passive: true });
  }

  // What is to be added to the list and is not on it yet, with its button: a run of the server that
  // is overtaken by the next one is lost, so each run asks for all of it.
  const wanted = new Map();
  const MOST = 200;

  // A value of the link without the note.
  function placeIn(value) {
    return value.split("|")[0];
  }

  function listed() {
    const link = document.querySelector("[data-kw-list]");
    return link ? new URL(link.href).searchParams.getAll("citaat") : null;
  }

  // The server adds what the address asks for to the list; the address itself stays as it was.
  function takeAlong(values, button) {
    for (const value of values) wanted.set(placeIn(value), { value, button });
    const here = window.location.href;
    const asking = new URL(here);
    for (const each of wanted.values()) asking.searchParams.append("erbij", each.value);
    window.history.replaceState(window.history.state, "", asking);
    window.dispatchEvent(new PopStateEvent("popstate"));
    window.history.replaceState(window.history.state, "", here);
  }

  function pick(button) {
    const value = button.getAttribute("data-kw-add");
    const places = (listed() || []).map(placeIn);
    if (places.includes(placeIn(value))) say(button, "Staat op de lijst");
    else if (places.length >= MOST) say(button, "De lijst is vol");
    else takeAlong([value], button);
  }

  function confirmPicked(values) {
    for (const place of values.map(placeIn)) {
      const { button } = wanted.get(place) || {};
      wanted.delete(place);
      if (button) say(button, "Staat op de lijst");
    }
  }

  // A page that is loaded again begins a new session, and so does a server that was restarted: then
  // the list is restored from this tab's storage. Only the list's own page can empty it.
  let listSeen = false;
  function keepList() {
    const values = listed();
    if (!values) return;
    confirmPicked(values);
    const own = listSeen && window.location.pathname.endsWith("/citatenlijst");
    listSeen = true;
    try {
      const kept = JSON.parse(window.sessionStorage.getItem("citatenlijst") || "[]");
      if (!values.length && kept.length && !own) {
        if (!kept.every(function (value) { return wanted.has(placeIn(value)); })) takeAlong(kept);
      } else if (JSON.stringify(kept) !== JSON.stringify(values)) {
        window.sessionStorage.setItem("citatenlijst", JSON.stringify(values));
      }
    } catch (error) {
      // Without storage the list lasts as long as the session does.
    }
  }

  // A choice that is made disappears from the list in which it was found, and the focus with it: a
  // user who chose with the keyboard continues in the field above.
  const CHOICE = /st-key-(\w+?)_(?:gevonden|gekozen)\b/;
  let finder = "";
  function goOnFinding() {
    if (!finder || document.activeElement !== document.body) return;
    const field = document.querySelector(`.st-key-${finder}_zoek input`);
    finder = "";
    if (field) field.focus({ preventScroll: true });
  }

  document.addEventListener("click", function (event) {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const list = target.closest('[class*="_gevonden"], [class*="_gekozen"]');
    // A click by keyboard has detail 0.
    finder = list && event.detail === 0 ? (list.className.match(CHOICE) || ["", ""])[1] : "";
    const adding = target.closest(".kw [data-kw-add]");
    if (adding) {
      pick(adding);
      return;
    }
    const button = target.closest(".kw [data-kw-copy]");
    if (button) {
      copy(button);
      return;
    }
    const link = target.closest(".kw a[href]");
    if (!link) return;
    const href = link.getAttribute("href");
    if (href.startsWith("#")) {
      const goal = document.getElementById(href.slice(1));
      event.preventDefault();
      if (goal) reach(goal, href === "#gemarkeerd" ? "center" : "start");
    } else if (link.hasAttribute("data-kw-nav")) {
      // The property of a link within an SVG is no text.
      follow(event, new URL(href, document.baseURI).href);
    }
  });

  document.documentElement.lang = "nl";
  translate(document.body);
  scrollToMark();
  keepList();
  new MutationObserver(function (changes) {
    for (const change of changes) {
      if (change.type === "attributes") {
        if (!change.target.closest(".kw")) translateElement(change.target);
      } else if (change.type === "characterData") {
        translate(change.target);
      }
      for (const node of change.addedNodes) translate(node);
    }
    scrollToMark();
    keepList();
    goOnFinding();
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ATTRIBUTES
  });
})();
