// What every page has: each module finds its own data-… hooks and does nothing else.
import "./counter.js";
import "./dialog.js";
import "./toast.js";

document.documentElement.classList.add("js");

// Sheets that stand open beside the work start closed on narrow screens; what scrolls
// in them there can be scrolled by key.
document.addEventListener("page:shown", (event) => closeSheets(event.detail.root));
closeSheets(document);

function closeSheets(root) {
  if (!window.matchMedia("(max-width: 1099px)").matches) return;
  root.querySelectorAll("[data-narrow-closed]").forEach((sheet) => {
    sheet.open = false;
    sheet.querySelectorAll("[data-narrow-scrolls]").forEach((part) => {
      part.tabIndex = 0;
    });
  });
}

// An error summary takes the focus, so that it is read first.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
