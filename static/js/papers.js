// Papers beside a work: sent as soon as they are chosen, with the rest of the step, and
// only this part of the page is put in place anew. The server's words stay the server's.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches("[data-papers] input[type=file]") || !input.files.length) return;
  const paper = input.closest("[data-paper]");
  const { papersMax, papersLarge } = words();
  if ([...input.files].some((file) => file.size > papersMax * 1024 * 1024)) {
    say(paper, papersLarge);
    input.value = "";
    return;
  }
  send(paper, "add-paper");
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-papers] [data-paper-remove]");
  if (!button) return;
  event.preventDefault();
  send(button.closest("[data-paper]"), button.value);
});

// An autosave carries no files: they have a way of their own. Going on does, as a paper
// may still be on its way; the server keeps the same paper once.
document.addEventListener("submit", (event) => {
  event.target.dataset.sending = "yes";
  setTimeout(() => delete event.target.dataset.sending);
});

document.addEventListener("formdata", (event) => {
  if (!event.target.querySelector("[data-papers]") || event.target.dataset.sending) return;
  [...event.formData.keys()]
    .filter((name) => name.startsWith("proof-"))
    .forEach((name) => event.formData.delete(name));
});

function send(paper, action) {
  const form = paper.closest("form");
  form.dataset.sending = "yes";
  const data = new FormData(form);
  delete form.dataset.sending;
  data.append("do", action);
  const { papersSending, papersLost } = words();
  const request = new XMLHttpRequest();
  request.open("POST", form.action || window.location.href);
  request.upload.addEventListener("progress", (event) => {
    const percent = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
    say(paper, papersSending.replace("%(percent)s", Math.floor(percent)));
  });
  request.addEventListener("error", () => {
    paper.querySelectorAll("input[type=file]").forEach((input) => {
      input.value = "";
    });
    say(paper, papersLost);
  });
  request.addEventListener("load", () => put(paper.id, request.responseText));
  request.send(data);
}

function put(id, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById(id);
  const stale = document.getElementById(id);
  if (!fresh || !stale) {
    window.location.reload();
    return;
  }
  stale.replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("page:shown", { detail: { root: fresh } }));
  const target = fresh.querySelector("input[type=file], button");
  if (target) target.focus();
}

function say(paper, text) {
  paper.querySelector("[data-paper-state]").textContent = text;
}

function words() {
  return document.getElementById("papers").dataset;
}
