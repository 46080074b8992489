// Saves a draft 800 ms after typing and when the page is left. What cannot be sent, or
// may not have arrived, is kept on this device and filled in again on the next visit.
const PAUSE_MS = 800;
const form = document.querySelector("form[data-autosave]");

if (form) {
  const words = document.querySelector("[data-autosave-words]").dataset;
  const state = document.querySelector("[data-save-state]");
  const [, draft, step] = window.location.pathname.match(/(\d+)\/edit\/(\w+)/);
  const shelf = `draft-${draft}-${step}`;
  const touched = new Set();
  let timer = null;
  let stored = serialised(); // as the server has it

  clearOtherSteps();
  restore();
  form.addEventListener("input", (event) => {
    touched.add(event.target.name);
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("online", save);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep(serialised(), "leaving");
    stored = serialised();
  });

  async function save() {
    clearTimeout(timer);
    const now = serialised();
    if (now === stored) return;
    const isLeaving = document.visibilityState === "hidden";
    if (isLeaving) keep(now, "leaving");
    try {
      const answer = await fetch(window.location.href, {
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
    }
  }

  function serialised() {
    const entries = [...new FormData(form)].filter(
      ([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string",
    );
    return JSON.stringify(entries);
  }

  function keep(text, why) {
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
    const values = new Map(JSON.parse(kept.text));
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "submit") continue;
      if (field.type === "checkbox") field.checked = values.has(field.name);
      else if (field.type === "radio") {
        field.checked = values.get(field.name) === field.value;
      } else if (values.has(field.name)) field.value = values.get(field.name);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    say(words.restored, false);
    timer = setTimeout(save, PAUSE_MS);
  }

  function say(text, isLate) {
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
