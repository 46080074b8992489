// Saves a centre's table a moment after typing and when the page is left. What cannot
// be kept as typed waits for the button, which says what is wrong.
const PAUSE_MS = 800;
const form = document.querySelector("form[data-table-draft]");

if (form) {
  const { saved, offline } = form.dataset;
  const state = document.querySelector("[data-save-state]");
  let timer = null;
  let stored = typed();

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
    stored = typed();
  });

  async function save() {
    clearTimeout(timer);
    const now = typed();
    if (now === stored) return;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: entries(),
        headers: { "X-Draft-Save": "1" },
        keepalive: true,
      });
      if (!answer.ok) return;
      stored = now;
      nameRows((await answer.json()).stations);
      say(saved.replace("%(time)s", new Date().toLocaleTimeString([], { hour12: false })));
    } catch (error) {
      say(offline, true);
    }
  }

  // The file waits for its own button.
  function entries() {
    const data = new FormData(form);
    data.delete("scan");
    return data;
  }

  function typed() {
    return JSON.stringify([...entries()].filter(([name]) => !name.endsWith("-pk")));
  }

  // So that the next save changes these rows and makes no new ones.
  function nameRows(stations) {
    stations.forEach((pk, index) => {
      form.elements.namedItem(`stations-${index}-pk`).value = pk;
    });
  }

  function say(text, isLate = false) {
    state.hidden = false;
    state.classList.toggle("save-state-late", isLate);
    state.querySelector("[data-saved-at]").textContent = text;
  }
}
