// What every page has: each module finds its own data-… hooks and does nothing else.
import "./counter.js";
import "./dialog.js";
import "./toast.js";

document.documentElement.classList.add("js");

// Sheets that stand open beside the work start closed on narrow screens.
if (window.matchMedia("(max-width: 1099px)").matches) {
  document.querySelectorAll("[data-narrow-closed]").forEach((sheet) => {
    sheet.open = false;
  });
}

// An error summary takes the focus, so that it is read first.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
