// Sorts (by tablesort), searches and filters the one table of a browse page, without which the whole table is there.
"use strict";
(() => {
  const table = document.querySelector("table.browse");
  const form = document.querySelector("form.browse");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const selects = [...form.querySelectorAll("select[data-field]")];
  const collator = new Intl.Collator("tr", { numeric: true });
  let sorted = "";

  // İ, I, ı and i are one letter to a search, and so are ü and u, ’ and ', – and -.
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ı/g, "i")
      .replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[‐-―−]/g, "-").replace(/\s+/g, " ").trim();

  const read = new Map(); // what a search reads of each row, cell by cell; citations left out
  const cells = (row) => {
    if (!read.has(row)) {
      read.set(row, [...row.cells].map((cell) => {
        const parts = cell.matches(".more") ? [...cell.querySelectorAll("a.self, dd:not(.cite)")] : [cell];
        return fold(parts.map((part) => part.textContent).join(" "));
      }));
    }
    return read.get(row);
  };

  const tell = (shown) => {
    form.querySelector("output").textContent = `${shown} of ${rows.length} rows${sorted}`;
  };

  const apply = () => {
    const words = fold(form.elements.q.value).split(" ");
    const column = form.elements.within.value;
    let shown = 0;
    for (const row of rows) {
      const text = column ? cells(row)[column] : cells(row).join(" ");
      row.hidden =
        !words.every((word) => text.includes(word)) ||
        !selects.every((s) => !s.value || (row.dataset[s.dataset.field] || "").split("; ").includes(s.value));
      shown += !row.hidden;
    }
    tell(shown);
  };

  const reveal = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!rows.includes(row)) return;
    if (row.hidden) form.reset();
    apply();
    row.querySelector("details").open = true;
    for (const wait of [0, 50, 150]) setTimeout(() => row.scrollIntoView(), wait); // rows get their height as they come near
  };

  // A table laid out as a grid or as cards stays a table to a screen reader.
  table.setAttribute("role", "table");
  for (const part of [table.tHead, body]) part.setAttribute("role", "rowgroup");
  for (const row of table.rows) row.setAttribute("role", "row");
  for (const cell of table.querySelectorAll("tbody th")) cell.setAttribute("role", "rowheader");
  for (const cell of table.querySelectorAll("td")) cell.setAttribute("role", "cell");

  const nothing = (text) => text === "—"; // stands after every text
  Tablesort.extend("text", () => false, (a, b) => nothing(b) - nothing(a) || collator.compare(b, a));
  Tablesort.extend("number", () => false, (a, b) => b - a);
  new Tablesort(table);
  for (const head of heads.filter((h) => h.dataset.sortMethod !== "none")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    head.removeAttribute("tabindex");
  }
  table.addEventListener("afterSort", () => {
    const head = heads.find((h) => h.hasAttribute("aria-sort"));
    sorted = `, sorted by ${head.textContent.toLowerCase()}, ${head.getAttribute("aria-sort")}`;
    apply();
  });

  const asked = new URLSearchParams(location.search); // browse-claims.html?argument=energy opens filtered
  for (const [name, value] of asked) if (form.elements[name]) form.elements[name].value = value;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  addEventListener("hashchange", reveal);
  form.hidden = false;
  apply();
  reveal();
  addEventListener("load", () => setTimeout(() => table.classList.add("seen"), 300));
})();
