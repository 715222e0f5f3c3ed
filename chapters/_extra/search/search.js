// The book's own results on the search page, above the engine's: numbers, phrases and names as the book prints them.
"use strict";
(() => {
  const SHOWN = 5; // of each kind, until the reader asks for the rest
  const AROUND = 90; // characters of a snippet on either side of what was found
  const asked = (new URLSearchParams(location.search).get("q") || "").trim();
  const engine = document.getElementById("search-results");
  if (!asked || !engine) return;

  // Letter by letter, so that a place in the folded text is a place in the text: İ, I, ı and i are one letter to a search.
  const PLAIN = { "ı": "i", "ə": "e", "‘": "'", "’": "'", "“": '"', "”": '"', "−": "-", "\u00a0": " " };
  const letter = (char) => {
    const base = char.normalize("NFD")[0].toLowerCase();
    const plain = /[‐-―]/.test(base) ? "-" : PLAIN[base] || base;
    return plain.length === char.length ? plain : char;
  };
  const fold = (text) => Array.from(text, letter).join("");
  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const LETTER = "[\\p{L}\\p{N}]";

  // A number is found whole, whether its thousands are parted or not, and whichever sign parts its decimals.
  const number = (text) => {
    const [, whole, rest] = text.match(/^(\d+)(?:[.,](\d+))?$/);
    const parted = whole.replace(/\B(?=(\d{3})+$)/g, ",?");
    return `(?<!\\d|\\d[.,])${parted}${rest ? `[.,]${rest}` : ""}(?!\\d|[.,]\\d)`;
  };
  const pattern = (text, whole) => {
    const bare = text.replace(/^[$€£]|[%.,;:!?]+$/g, "");
    const joined = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(",", "") : bare;
    if (/^\d+([.,]\d+)?$/.test(joined)) return number(joined);
    return `(?<!${LETTER})${escape(text).replace(/ +/g, "\\s+")}${whole ? `(?!${LETTER})` : ""}`;
  };

  // Ids of rows and keys of texts stand beside what is said: they are found whole, and no word is found in them.
  const MARK = `(?:(?:[qectsk]|fig|tab)-[a-z][a-z0-9]*(?:-[a-z0-9]+)+|${bookKeys.join("|")})`;
  const MARKS = new RegExp(`(?<![\\p{L}\\p{N}-])${MARK}(?![\\p{L}\\p{N}-])`, "gu");
  const isMark = new RegExp(`^${MARK}$`, "u");
  const read = (text) => fold(text).replace(MARKS, (mark) => (sought.has(mark) ? mark : " ".repeat(mark.length)));

  const folded = fold(asked);
  const sought = new Set(folded.split(/[\s"]+/).filter((word) => isMark.test(word))); // ids and keys typed whole
  const others = new Set(); // further names of the institutions asked for
  const terms = []; // what every entry must hold: each a list of patterns, one of which is enough
  let rest = folded.replace(/"([^"]+)"/g, (_, phrase) => {
    if (phrase.trim()) terms.push([pattern(phrase.trim(), true)]);
    return " ";
  });
  const spelled = bookNames.flatMap((group) => group.map((name) => [fold(name), group]));
  for (const [part, institution] of Object.entries(bookParts)) {
    spelled.push([fold(part), bookNames.find((group) => group[0] === institution)]);
  }
  for (const [name, group] of spelled.sort((a, b) => b[0].length - a[0].length)) {
    const here = new RegExp(`(?<!${LETTER})${escape(name)}(?!${LETTER})`, "u");
    if (!here.test(rest)) continue;
    rest = rest.replace(here, " ");
    terms.push([...new Set([name, ...group.map(fold)])].map((other) => pattern(other, true)));
    group.filter((other) => fold(other) !== name).forEach((other) => others.add(other));
  }
  for (const word of rest.replaceAll('"', " ").split(/\s+/)) {
    if (/[\p{L}\p{N}]/u.test(word)) terms.push([pattern(word, sought.has(word))]);
  }
  if (!terms.length) return;

  const tests = terms.map((term) => new RegExp(term.join("|"), "u"));
  const any = new RegExp(terms.flat().join("|"), "gu");
  const exact = new RegExp(pattern(folded.replaceAll('"', ""), true), "u");

  const found = new Map(); // kind: results, the best first
  for (const [kind, address, title, text] of bookEntries) {
    const [head, body] = [read(title), read(text)];
    if (!tests.every((test) => test.test(head) || test.test(body))) continue;
    const printed = (body.match(/"[^"]*"/g) || []).join(" "); // the phrases of the texts, which come first with titles
    const holds = (part) => 2 * tests.length * exact.test(part) + tests.filter((test) => test.test(part)).length;
    const score = 4 * (holds(head) + holds(printed)) + exact.test(body);
    if (!found.has(kind)) found.set(kind, []);
    found.get(kind).push({ address, title, text, score });
  }
  for (const results of found.values()) results.sort((a, b) => b.score - a.score);
  const kinds = bookKinds.filter((kind) => found.has(kind)).map((kind) => [kind, found.get(kind)]);

  const make = (tag, content, attributes = {}) => {
    const element = document.createElement(tag);
    element.append(...[content].flat());
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const marked = (text, from = 0, to = text.length) => {
    const parts = [];
    let at = from;
    for (const match of read(text).matchAll(any)) {
      if (match.index < at || match.index + match[0].length > to) continue;
      parts.push(text.slice(at, match.index), make("mark", text.slice(match.index, match.index + match[0].length)));
      at = match.index + match[0].length;
    }
    return [...parts, text.slice(at, to)];
  };
  const snippet = (text) => {
    const first = read(text).search(any);
    const from = first < AROUND ? 0 : text.indexOf(" ", first - AROUND) + 1;
    const last = text.lastIndexOf(" ", from + 2.5 * AROUND);
    const to = text.length < from + 2.5 * AROUND || last <= first ? Math.min(text.length, from + 3 * AROUND) : last;
    return make("p", [from ? "… " : "", ...marked(text, from, to), to < text.length ? " …" : ""], { class: "snippet" });
  };
  const item = ({ address, title, text }) =>
    make("li", [make("a", marked(title), { href: address }), snippet(text)]);

  const listed = (kind, results) => {
    const id = `found-${kind.toLowerCase()}`;
    const list = make("ol", results.slice(0, SHOWN).map(item), { "aria-labelledby": id });
    const parts = [make("h2", `${kind}: ${results.length}`, { id }), list];
    if (results.length > SHOWN) {
      const more = make("button", `Show all ${results.length} ${kind.toLowerCase()}`, { type: "button" });
      more.addEventListener("click", () => {
        list.append(...results.slice(SHOWN).map(item));
        list.children[SHOWN].querySelector("a").focus();
        more.remove();
      });
      parts.push(more);
    }
    return parts;
  };

  const total = kinds.reduce((sum, [, results]) => sum + results.length, 0);
  const counts = kinds.map(([kind, results]) => `${kind.toLowerCase()} ${results.length}`).join(", ");
  const status = make("p", "", { role: "status" });
  const also = others.size ? [make("p", `Searched for as well: ${[...others].join(", ")}.`, { class: "also" })] : [];
  const section = make("section", [status, ...also, ...kinds.flatMap(([kind, results]) => listed(kind, results))], {
    id: "book-results",
    "aria-label": "Found in the book",
  });
  const stems = make("details", make("summary", "Whole pages, by the stems of words"));
  if (!total) stems.open = true;
  engine.before(section, stems);
  stems.append(engine);
  setTimeout(() => {
    status.textContent = total ? `${total} found: ${counts}.` : `Nothing in the book holds ${asked}.`;
  });
})();
