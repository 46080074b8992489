// The queue by keys: j and k go through the rows, x chooses one, Enter opens it.
import "./filters.js";
import { isControl, listen } from "./keys.js";

const rows = [...document.querySelectorAll("[data-queue-row]")];
let at = -1;

function go(step) {
  if (!rows.length) return;
  at = Math.min(Math.max(at + step, 0), rows.length - 1);
  rows.forEach((row, index) => row.classList.toggle("queue-at", index === at));
  rows[at].querySelector("[data-queue-open]").focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
}

listen({
  j: () => go(1),
  k: () => go(-1),
  x: () => box(rows[at])?.click(),
  Enter: (event) => {
    if (isControl(event.target)) return false; // a link opens itself
    const first = rows[Math.max(at, 0)];
    if (first) first.querySelector("[data-queue-open]").click();
    return true;
  },
});

// --- Choosing several ------------------------------------------------------------
const form = document.querySelector("[data-queue]");
const all = document.querySelector("[data-queue-all]");
const bulk = document.querySelector("[data-queue-bulk]");

function box(row) {
  return row && row.querySelector("input[name=works]");
}

function boxes() {
  return rows.map(box).filter(Boolean);
}

function summary(number, isMixed, words) {
  if (isMixed) return words.mixed;
  return number ? words.some.replace("%(count)s", number) : words.none;
}

function count() {
  const chosen = boxes().filter((each) => each.checked);
  const some = chosen.length > 0;
  const isMixed = new Set(chosen.map((each) => each.dataset.level)).size > 1;
  const words = bulk.querySelector("[data-queue-count]");
  words.textContent = summary(chosen.length, isMixed, words.dataset);
  bulk.querySelectorAll("button").forEach((button) => {
    button.disabled = !some || isMixed;
  });
  bulk.classList.toggle("queue-bulk-open", some);
  if (all) {
    all.checked = some && chosen.length === boxes().length;
    all.indeterminate = some && !all.checked;
  }
}

if (form && bulk) {
  if (all && boxes().length) {
    all.hidden = false;
    all.addEventListener("change", () => {
      boxes().forEach((each) => {
        each.checked = all.checked;
      });
      count();
    });
  }
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count); // back from the next page, boxes kept
}
