// Copies a citation and says so. Without this script its button stays hidden and its text can be selected.
"use strict";
(() => {
  const buttons = [...document.querySelectorAll("button[data-copies]")];
  if (!buttons.length) return;

  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "for";
  document.querySelector("main").append(status);

  const select = (node) => getSelection().selectAllChildren(node);

  // Where the clipboard cannot be written to, the browser's own copying of a selection; its event carries the exact text.
  const byEvent = (node) => {
    select(node);
    const carry = (event) => {
      event.clipboardData.setData("text/plain", node.textContent);
      event.preventDefault();
    };
    document.addEventListener("copy", carry, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", carry);
    if (done) getSelection().removeAllRanges();
    return done;
  };

  const copy = async (node) => {
    try {
      await navigator.clipboard.writeText(node.textContent);
      return true;
    } catch {
      return byEvent(node);
    }
  };

  for (const button of buttons) {
    const [word, name] = [button.firstChild, button.lastChild.textContent.trim()];
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(document.getElementById(button.dataset.copies));
      word.data = done ? "Copied" : "Selected";
      status.textContent = "";
      setTimeout(() => {
        status.textContent = done ? `${name} copied` : `${name} selected: press Control or Command and C`;
      }, 50);
      setTimeout(() => (word.data = "Copy"), 2500);
    });
  }
})();
