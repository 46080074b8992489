// Saves a draft 800 ms after typing and when the page is left. What cannot be sent is
// kept on this device and filled in again on the next visit.
const PAUSE_MS = 800;
const form = document.querySelector("form[data-autosave]");

if (form) {
  const words = document.querySelector("[data-autosave-words]").dataset;
  const state = document.querySelector("[data-save-state]");
  const shelf = `draft:${window.location.pathname}`;
  let timer = null;
  let sent = serialised();

  restore();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("online", save);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    localStorage.removeItem(shelf);
  });

  async function save() {
    clearTimeout(timer);
    const now = serialised();
    if (now === sent) return;
    try {
      const answer = await fetch(window.location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Draft-Save": "1" },
        redirect: "manual",
        keepalive: true,
      });
      if (answer.status !== 204 && answer.status !== 422) throw new Error("not saved");
      sent = now;
      localStorage.removeItem(shelf);
      say(words.saved.replace("%(time)s", time()), false);
      showErrors(answer.status === 422 ? (await answer.json()).fields : {});
    } catch (error) {
      localStorage.setItem(shelf, now);
      say(words.offline, true);
    }
  }

  function serialised() {
    const entries = [...new FormData(form)].filter(
      ([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string",
    );
    return JSON.stringify(entries);
  }

  function restore() {
    const kept = localStorage.getItem(shelf);
    if (!kept || kept === sent) return;
    const values = new Map(JSON.parse(kept));
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "submit") continue;
      if (field.type === "checkbox") field.checked = values.has(field.name);
      else if (field.type === "radio") {
        field.checked = values.get(field.name) === field.value;
      } else if (values.has(field.name)) field.value = values.get(field.name);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    say(words.restored, false);
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

  // Beside the field, like the server's own; gone as soon as the field is right.
  function showErrors(fields) {
    form.querySelectorAll("[data-live-error]").forEach((list) => list.remove());
    for (const [name, sentences] of Object.entries(fields)) {
      const field = form.elements[name];
      const box = field && (field.closest ? field.closest(".field") : null);
      if (!box || box.querySelector(".field-error")) continue;
      const list = document.createElement("ul");
      list.className = "field-error";
      list.dataset.liveError = "";
      list.setAttribute("role", "status");
      sentences.forEach((sentence) => {
        list.appendChild(document.createElement("li")).textContent = sentence;
      });
      box.append(list);
    }
  }
}
