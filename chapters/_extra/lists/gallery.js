// Filters the list of figures by text and by argument. Without this script every figure is shown.
"use strict";
(() => {
  const form = document.querySelector("form.gallery-filter");
  const selects = [...form.querySelectorAll("select")];
  const galleries = [...document.querySelectorAll("ul.gallery")];
  const cards = galleries.flatMap((gallery) => [...gallery.children]);

  const apply = () => {
    for (const card of cards) {
      card.hidden = !selects.every((s) => !s.value || card.dataset[s.name].split(" ").includes(s.value));
    }
    for (const gallery of galleries) {
      gallery.closest("section").hidden = [...gallery.children].every((card) => card.hidden);
    }
    form.querySelector("output").textContent = `${cards.filter((card) => !card.hidden).length} of ${cards.length} figures`;
  };

  const asked = new URLSearchParams(location.search); // list-of-figures.html?arguments=energy opens filtered
  for (const select of selects) if (asked.has(select.name)) select.value = asked.get(select.name);
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
