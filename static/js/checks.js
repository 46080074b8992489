// How far checks and conversions are, asked again every second. What is asked and where
// the answer goes is said by htmx's attributes, which other pages leave to htmx itself:
// here, where bytes are counted, it would outweigh all that the wizard brings.
const EVERY_MS = 1000;
const asked = new WeakSet();

setInterval(() => {
  document.querySelectorAll("[hx-get][hx-trigger]").forEach((part) => {
    if (!asked.has(part)) ask(part, part.getAttribute("hx-get"));
  });
}, EVERY_MS);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[hx-post]");
  if (!button) return;
  event.preventDefault();
  const part = document.querySelector(button.getAttribute("hx-target"));
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  button.disabled = true;
  ask(part, button.getAttribute("hx-post"), {
    method: "POST",
    headers: { "X-CSRFToken": token },
  }).finally(() => {
    button.disabled = false;
  });
});

async function ask(part, address, { headers, ...request } = {}) {
  asked.add(part);
  try {
    const answer = await fetch(address, {
      ...request,
      headers: { ...headers, "HX-Request": "true" },
      redirect: "error",
    });
    const text = await answer.text();
    if (answer.ok && part.isConnected) put(part, text);
  } catch (lost) {
    // Asked again in a moment.
  } finally {
    asked.delete(part);
  }
}

// The answer takes the place of what asked; what names another place goes there.
function put(part, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const fresh of [...page.body.children]) {
    const place = fresh.getAttribute("hx-swap-oob");
    fresh.removeAttribute("hx-swap-oob");
    if (!place) swap(part, fresh);
    else if (place === "true") swap(document.getElementById(fresh.id), fresh);
    else fill(place, fresh);
  }
}

// "innerHTML:.place" or "outerHTML:.place"
function fill(words, fresh) {
  const [how, ...selector] = words.split(":");
  const place = document.querySelector(selector.join(":"));
  if (!place) return;
  if (how === "innerHTML") place.replaceChildren(...fresh.childNodes);
  else place.replaceWith(...fresh.children);
}

// What is to be kept is opened or closed as it was; the focus stays where it is.
function swap(place, fresh) {
  if (!place) return;
  const focused = place.contains(document.activeElement) && document.activeElement.id;
  for (const kept of fresh.querySelectorAll("[hx-preserve]")) {
    const before = document.getElementById(kept.id);
    if (before) kept.replaceWith(before);
  }
  place.replaceWith(document.adoptNode(fresh));
  const again = focused && document.getElementById(focused);
  if (again && again !== document.activeElement) again.focus({ preventScroll: true });
}
