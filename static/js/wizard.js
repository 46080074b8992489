// Saves a draft 800 ms after typing and when the page is left. What cannot be sent, or
// may not have arrived, is kept on this device, sent as soon as the network is back, and
// filled in again on the next visit.
import { makeRows } from "./credits.js";
import "./wizard_pages.js";

const PAUSE_MS = 800;
const AGAIN_MS = 15000;
const SENT_OTHERWISE = new Set(["hidden", "submit", "file"]);
let watched = null; // ends the watch over the form before

document.addEventListener("page:shown", watch);
watch();

function watch() {
  const form = document.querySelector("form[data-autosave]");
  if (watched && watched.form === form) return;
  if (watched) watched.end.abort();
  watched = null;
  if (!form) return;
  const end = new AbortController();
  watched = { form, end };
  keepSaving(form, end.signal);
}

function keepSaving(form, signal) {
  const words = document.querySelector("[data-autosave-words]").dataset;
  const address = window.location.href;
  const [, draft, step] = window.location.pathname.match(/(\d+)\/edit\/(\w+)/);
  const shelf = `draft-${draft}-${step}`;
  const touched = new Set();
  let timer = null;
  let stored = serialised(); // as the server has it
  let leaving = null; // on its way with the form itself

  clearOtherSteps();
  restore();
  const listen = (target, kind, heard) => {
    target.addEventListener(kind, heard, { signal });
  };
  listen(form, "input", (event) => {
    touched.add(event.target.name);
    saveIn(PAUSE_MS);
  });
  listen(document, "visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  listen(window, "online", save);
  listen(document, "page:leaving", save);
  listen(document, "page:typed", save);
  listen(document, "page:not-reached", () => {
    leaving = null;
    keep(serialised(), "offline");
    say(words.offline, true);
    saveIn(AGAIN_MS);
  });
  listen(form, "submit", () => {
    clearTimeout(timer);
    leaving = serialised();
    keep(leaving, "leaving");
  });
  signal.addEventListener("abort", () => clearTimeout(timer));

  function saveIn(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save() {
    clearTimeout(timer);
    const now = serialised();
    if (now === stored || now === leaving) return;
    const isLeaving = document.visibilityState === "hidden";
    if (isLeaving) keep(now, "leaving");
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Draft-Save": "1" },
        redirect: "manual",
        keepalive: true,
      });
      if (answer.status !== 204 && answer.status !== 422) throw new Error("not saved");
      stored = now;
      if (!isLeaving) localStorage.removeItem(shelf);
      say(words.saved.replace("%(time)s", time()), false);
      showErrors(answer.status === 422 ? (await answer.json()).fields : {});
    } catch (error) {
      keep(now, "offline");
      say(words.offline, true);
      if (!signal.aborted) saveIn(AGAIN_MS);
    }
  }

  // What a button takes up once, as a text to be pasted, is no part of the draft.
  function serialised() {
    const once = new Set(
      [...form.querySelectorAll("[data-sent-once]")].map((field) => field.name),
    ).add("csrfmiddlewaretoken");
    const entries = [...new FormData(form)].filter(
      ([name, value]) => !once.has(name) && typeof value === "string",
    );
    return JSON.stringify(entries);
  }

  function keep(text, why) {
    if (text === stored) return;
    localStorage.setItem(shelf, JSON.stringify({ base: stored, text, why }));
  }

  // Another step opened, so what was sent on leaving the one before has arrived.
  function clearOtherSteps() {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(`draft-${draft}-`) && key !== shelf)
      .filter((key) => JSON.parse(localStorage.getItem(key)).why === "leaving")
      .forEach((key) => localStorage.removeItem(key));
  }

  // Only over the very text it was written over: a newer one from elsewhere wins.
  function restore() {
    const kept = JSON.parse(localStorage.getItem(shelf) || "null");
    localStorage.removeItem(shelf);
    if (!kept || kept.base !== stored || kept.text === stored) return;
    const values = new Map(); // a repeated field has several
    for (const [name, value] of JSON.parse(kept.text)) {
      values.set(name, [...(values.get(name) || []), value]);
    }
    makeRows(form, (values.get("author_name") || []).length);
    for (const field of form.elements) {
      if (!field.name || SENT_OTHERWISE.has(field.type)) continue;
      const own = values.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = own.includes(field.value);
      } else if (own.length) field.value = own.shift();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    say(words.restored, false);
    saveIn(PAUSE_MS);
  }

  function say(text, isLate) {
    if (signal.aborted) return;
    const state = document.querySelector("[data-save-state]");
    state.hidden = false;
    state.classList.toggle("save-state-late", isLate);
    state.querySelector("[data-saved-at]").textContent = text;
  }

  function time() {
    const two = (value) => String(value).padStart(2, "0");
    const now = new Date();
    return [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(":");
  }

  // Beside each field changed since: the server's sentence, or none any more.
  function showErrors(fields) {
    for (const name of touched) {
      const found = form.elements.namedItem(name);
      const field = found instanceof RadioNodeList ? found[0] : found;
      const box = field && field.closest(".field");
      if (!box) continue;
      box.querySelectorAll(".field-error").forEach((list) => list.remove());
      if (fields[name]) box.append(errorList(fields[name]));
      field.setAttribute("aria-invalid", String(Boolean(fields[name])));
    }
  }

  function errorList(sentences) {
    const list = document.createElement("ul");
    list.className = "field-error";
    list.setAttribute("role", "status");
    sentences.forEach((sentence) => {
      list.appendChild(document.createElement("li")).textContent = sentence;
    });
    return list;
  }
}
