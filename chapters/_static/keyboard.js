// The theme takes the focus from its buttons when they are pressed. Whoever uses the keyboard gets it back: at once,
// or once what the button opened is closed.
"use strict";
addEventListener("click", (event) => {
  const button = event.detail === 0 && event.target.closest(".theme-switch-button, .sidebar-toggle, .search-button__button");
  if (!button) return;
  setTimeout(() => {
    const dialog = document.querySelector("dialog[open]");
    if (dialog) dialog.addEventListener("close", () => setTimeout(() => button.focus()), { once: true });
    else button.focus({ preventScroll: true });
  });
}, true);
