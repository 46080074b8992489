// Single keys of a desk page. They do nothing while somebody types, in a dialog, or
// with another key held; one switch turns them off, remembered on this computer.
const STORE = "single-keys";
const TYPES_TEXT = "textarea, select, input:not([type=checkbox], [type=radio]), [contenteditable]";

const help = document.querySelector("[data-keys-help]");
const choice = document.querySelector("[data-keys-switch]");

if (choice) {
  choice.checked = areOn();
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem(STORE, choice.checked ? "on" : "off");
    } catch (error) {
      // Without storage the choice holds for this page.
    }
  });
  document.querySelectorAll("[data-keys-open]").forEach((button) => {
    button.hidden = false;
  });
}

function areOn() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch (error) {
    return true;
  }
}

// `actions` maps a key as KeyboardEvent names it to what it does; an action that
// returns false leaves the key to the browser.
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest(TYPES_TEXT) || document.querySelector("dialog[open]")) return;
    if (event.key === "?" && help) {
      event.preventDefault();
      help.showModal();
      return;
    }
    if (choice && !choice.checked) return;
    const act = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act && act(event) !== false) event.preventDefault();
  });
}

// Whether Enter or Space belongs to what has the focus.
export function isControl(target) {
  return Boolean(target.closest("a, button, summary, video, label, input"));
}
