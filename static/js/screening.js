// One work at the screening desk: its files, the keys, the claim, and what was typed.
import { decision, form, reason, tickEverything } from "./decision.js";
import { isControl, listen } from "./keys.js";

const screen = document.querySelector("[data-screen]");
const { screen: work, claimUrl, releaseUrl } = screen.dataset;
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;

// --- Files, one at a time ----------------------------------------------------------
const viewer = document.querySelector("[data-viewer]");
const frames = [...viewer.querySelectorAll("[data-frame]")];
const thumbs = [...viewer.querySelectorAll("[data-thumb]")];
const zoomButton = viewer.querySelector("[data-zoom-button]");
let at = Math.max(frames.findIndex((frame) => `#${frame.id}` === location.hash), 0);

function show(index) {
  if (!frames.length) return;
  at = (index + frames.length) % frames.length;
  frames.forEach((frame, number) => {
    frame.hidden = number !== at;
    if (number !== at) frame.querySelector("video")?.pause();
  });
  thumbs.forEach((thumb, number) => {
    if (number === at) thumb.setAttribute("aria-current", "true");
    else thumb.removeAttribute("aria-current");
  });
  zoom(false);
}

function picture() {
  return frames[at]?.querySelector("[data-zoom]");
}

function video() {
  return frames[at]?.querySelector("video");
}

// Full size, around the place that was pressed.
function zoom(on, event) {
  const box = picture();
  if (zoomButton) {
    zoomButton.hidden = !box;
    zoomButton.setAttribute("aria-pressed", String(Boolean(box) && on));
  }
  frames.forEach((frame) => {
    frame.querySelector("[data-zoom]")?.classList.toggle("viewer-zoomed", false);
    frame.querySelector("[data-zoom]")?.removeAttribute("tabindex");
  });
  if (!box || !on) return;
  const image = box.querySelector("img");
  const area = image.getBoundingClientRect();
  const across = event ? (event.clientX - area.left) / area.width : 0.5;
  const down = event ? (event.clientY - area.top) / area.height : 0.5;
  box.classList.add("viewer-zoomed");
  box.tabIndex = 0; // so that arrow keys move it
  box.scrollLeft = across * image.offsetWidth - box.clientWidth / 2;
  box.scrollTop = down * image.offsetHeight - box.clientHeight / 2;
}

function isZoomed() {
  return Boolean(picture()?.classList.contains("viewer-zoomed"));
}

if (frames.length) {
  viewer.classList.add("viewer-one");
  viewer.querySelector("[data-viewer-tools]").hidden = false;
  viewer.querySelector("[data-frame-back]")?.addEventListener("click", () => show(at - 1));
  viewer.querySelector("[data-frame-on]")?.addEventListener("click", () => show(at + 1));
  thumbs.forEach((thumb, index) => {
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      show(index);
    });
  });
  zoomButton.addEventListener("click", () => zoom(!isZoomed()));
  viewer.querySelectorAll("[data-zoom]").forEach((box) => {
    box.addEventListener("click", (event) => zoom(!isZoomed(), event));
  });
  show(at);
}

// --- Keys --------------------------------------------------------------------------
function play() {
  const film = video();
  if (!film) return false;
  if (film.paused) film.play().catch(() => {}); // a pause may overtake it
  else film.pause();
  return true;
}

function seek(seconds) {
  if (video()) video().currentTime += seconds;
}

function speed(factor) {
  if (video()) video().playbackRate = Math.min(Math.max(video().playbackRate * factor, 0.25), 4);
}

function decide(value) {
  if (form) form.querySelector(`[name=decision][value=${value}]`)?.click();
}

listen({
  " ": (event) => (isControl(event.target) ? false : play()),
  k: () => play(),
  j: () => seek(-5),
  l: () => seek(5),
  "<": () => speed(0.5),
  ">": () => speed(2),
  ",": () => speed(0.5),
  ".": () => speed(2),
  ArrowLeft: () => (isZoomed() ? false : show(at - 1)),
  ArrowRight: () => (isZoomed() ? false : show(at + 1)),
  z: () => zoom(!isZoomed()),
  1: () => decide("pass"),
  2: () => decide("return"),
  3: () => decide("reject"),
  a: () => form && tickEverything(),
  r: () => form && reason().offsetParent !== null && reason().focus(),
  o: () => {
    const ask = document.querySelector("[data-ask-original]");
    if (!ask) return;
    ask.open = true;
    ask.querySelector("textarea").focus();
  },
  q: () => document.querySelector("[data-key-queue]").click(),
  Enter: (event) => {
    if (!form || (isControl(event.target) && !event.target.matches("input"))) return false;
    if (decision()) form.requestSubmit();
    else form.querySelector("[name=decision]").focus();
    return true;
  },
});

if (form) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

// --- What was typed stays on this computer until it has been taken -----------------
const SENT = "screening-sent";
const kept = `screening-${work}`;

function store(action) {
  try {
    return action(sessionStorage);
  } catch (error) {
    return null; // without storage, the server's answer still brings it back
  }
}

function typed() {
  return [...new FormData(form)].filter(
    ([name]) => !["turn", "csrfmiddlewaretoken"].includes(name),
  );
}

function bringBack(entries) {
  entries.forEach(([name, value]) => {
    const fields = [...form.elements].filter((field) => field.name === name);
    fields.forEach((field) => {
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.value === value) field.checked = true;
      } else {
        field.value = value;
      }
    });
  });
}

const sent = store((storage) => storage.getItem(SENT));
if (sent && sent !== work) {
  store((storage) => storage.removeItem(`screening-${sent}`));
  store((storage) => storage.removeItem(SENT));
}
if (form) {
  const before = store((storage) => storage.getItem(kept));
  if (before && !("bound" in screen.dataset)) bringBack(JSON.parse(before));
  const keep = () => store((storage) => storage.setItem(kept, JSON.stringify(typed())));
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => {
    keep();
    store((storage) => storage.setItem(SENT, work));
  });
}

// --- The claim ---------------------------------------------------------------------
const A_MINUTE_MS = 60_000;
const lost = document.querySelector("[data-claim-lost]");
const waits = "held" in screen.dataset;
let claimedAt = screen.dataset.claimedAt;

function body(extra = {}) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token);
  Object.entries(extra).forEach(([name, value]) => data.set(name, value));
  return data;
}

async function signOfLife() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(claimUrl, { method: "POST", body: body() });
    if (answer.ok) {
      claimedAt = (await answer.json()).claimed_at;
      lost.hidden = true;
      if (waits) location.reload(); // it has become free
    } else if (answer.status === 409 && !waits) {
      lost.querySelector("[data-claim-lost-text]").textContent = (await answer.json()).detail;
      lost.hidden = false;
    }
  } catch (error) {
    // Offline for a moment: the next minute tries again.
  }
}

function letGo() {
  if (claimedAt && !waits) navigator.sendBeacon(releaseUrl, body({ claimed_at: claimedAt }));
}

if (claimedAt || waits) {
  setInterval(signOfLife, A_MINUTE_MS);
  document.addEventListener("visibilitychange", signOfLife);
  window.addEventListener("pagehide", letGo);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) signOfLife();
  });
}
