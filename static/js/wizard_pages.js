// Goes from step to step without leaving the page while files are on their way, which
// leaving would end, and while there is no network, as an empty page helps nobody. At all
// other times links and forms do what they always do.
//
// Events on the document: `page:leaving` before a link is followed, `page:shown` when new
// parts are in place, detail { root }, `page:not-reached` when the network did not answer.
const STEP = /^\/submissions\/\d+\/edit\/\w+\/$/;
const PARTS = [".wizard-grid", ".dock-inner", ".topbar-tools"];
const FILES = "[data-files]";
let isBusy = () => false;

export function stayWhile(predicate) {
  isBusy = predicate;
}

let shownPlace = place();

/* The page without its fragment: a jump inside it changes nothing. */
function place() {
  return window.location.pathname + window.location.search;
}

function mustStay() {
  return isBusy() || navigator.onLine === false;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey;
  if (!link || !isPlain || event.shiftKey || link.target || !mustStay()) return;
  if (!isStep(link.href)) return;
  event.preventDefault();
  document.dispatchEvent(new Event("page:leaving"));
  go(link.href);
});

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const form = event.target;
  const address = (button && button.getAttribute("formaction")) || form.action;
  if (event.defaultPrevented || form.method !== "post" || !mustStay()) return;
  if (!isStep(form.action || window.location.href)) return;
  event.preventDefault();
  const data = new FormData(form);
  if (button && button.name) data.append(button.name, button.value);
  go(address || window.location.href, { method: "POST", body: data });
});

window.addEventListener("popstate", () => {
  if (place() === shownPlace || !isStep(window.location.href)) return;
  if (mustStay()) go(window.location.href, { isBack: true });
  else window.location.reload();
});

function isStep(address) {
  const found = new URL(address, window.location.href);
  return found.origin === window.location.origin && STEP.test(found.pathname);
}

async function go(address, { isBack = false, ...request } = {}) {
  let answer;
  let page;
  try {
    answer = await fetch(address, request);
    page = parsed(await answer.text());
  } catch (lost) {
    document.dispatchEvent(new Event("page:not-reached"));
    return;
  }
  if (!page.querySelector(PARTS[0])) {
    window.location.assign(answer.url);
    return;
  }
  if (!isBack && answer.url !== window.location.href) {
    window.history.pushState(null, "", answer.url);
  }
  show(page);
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

function show(page) {
  shownPlace = place();
  addMissing(page);
  for (const part of PARTS) replace(part, page);
  document.title = page.title;
  announce(document);
  window.scrollTo(0, 0);
  const summary = document.querySelector("[data-focus]");
  (summary || document.getElementById("main")).focus({ preventScroll: true });
}

function replace(part, page) {
  const before = document.querySelector(part);
  const after = page.querySelector(part);
  if (!before || !after) return;
  before.replaceWith(document.adoptNode(after));
}

// Styles and scripts that the step has beside those already here.
function addMissing(page) {
  const missing = (tag, name) =>
    [...page.querySelectorAll(`${tag}[${name}]`)].filter(
      (part) => !document.querySelector(`${tag}[${name}="${part.getAttribute(name)}"]`),
    );
  missing("link", "href").forEach((part) => {
    document.head.append(document.adoptNode(part));
  });
  missing("script", "src").forEach((part) => {
    const script = document.createElement("script");
    for (const { name, value } of part.attributes) script.setAttribute(name, value);
    document.body.append(script);
  });
}

function announce(root) {
  document.dispatchEvent(new CustomEvent("page:shown", { detail: { root } }));
}

// The files as the server has them now; what is being typed beside them stays.
export async function refreshFiles() {
  if (!document.querySelector(FILES)) return;
  const answer = await fetch(window.location.href, { cache: "no-store" });
  if (!answer.ok) throw new Error(`files: ${answer.status}`);
  const page = parsed(await answer.text());
  const before = document.querySelector(FILES);
  if (!before || !page.querySelector(FILES)) return;
  addMissing(page);
  const typed = typedIn(before);
  for (const part of [FILES, ".wizard-rules", ".wizard-steps"]) replace(part, page);
  typed();
  announce(document.querySelector(FILES));
  announce(document.querySelector(".wizard-rules"));
}

// Remembers what stands in the fields, and where the cursor is, to put it back.
function typedIn(root) {
  const active = document.activeElement;
  const values = [...root.querySelectorAll("input[type=text], textarea")].map(
    (field) => [field.id, field.value],
  );
  const at = root.contains(active) ? active.id : "";
  const cursor = at && [active.selectionStart, active.selectionEnd];
  return () => {
    for (const [id, value] of values) {
      const field = document.getElementById(id);
      if (field) field.value = value;
    }
    const field = at && document.getElementById(at);
    if (!field) return;
    field.focus({ preventScroll: true });
    if (cursor[0] !== undefined && cursor[0] !== null) {
      field.setSelectionRange(...cursor);
    }
  };
}
