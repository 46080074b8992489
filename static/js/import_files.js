// Files of many works at once: the server says which work each belongs to, by its name
// or the title; for the others somebody chooses. They are sent as in the files step.
import { UploadCard } from "./upload_card.js";
import { fill } from "./upload_figures.js";
import { library } from "./upload_library.js";
import { Queue } from "./upload_queue.js";
import { token } from "./upload_server.js";
import { Transfer } from "./upload_transfer.js";

const DONE_MS = 1200; // the full bowl stays so long
const part = document.querySelector("[data-import-files]");
const words = JSON.parse(document.getElementById("upload-words").textContent);
const template = document.querySelector("[data-upload-template]");
const status = part.querySelector("[data-import-status]");
const unmatched = part.querySelector("[data-import-unmatched]");
const queue = new Queue();
const cards = new Map(); // Transfer: UploadCard
let sent = 0;

document.querySelectorAll("[data-import-form]").forEach(bindForm);
bindDrop(part.querySelector("[data-import-drop]"));
queue.addEventListener("change", painted);

function bindForm(form) {
  const input = form.querySelector("input[type=file]");
  const taken = () => {
    const files = [...input.files];
    input.value = "";
    if (form.dataset.draft) files.forEach((file) => send(file, form.dataset.draft));
    else sort(files);
  };
  input.addEventListener("change", taken);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    taken();
  });
}

function bindDrop(zone) {
  ["dragover", "dragleave", "drop"].forEach((kind) => {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle("drop-over", kind === "dragover");
      if (kind === "drop") sort([...event.dataTransfer.files]);
    });
  });
}

// --- Which work ---------------------------------------------------------------
async function sort(files) {
  if (!files.length) return;
  library().catch(() => {}); // asked for again when it is needed
  const drafts = await draftsOf(files.map((file) => file.name));
  for (const file of files) {
    const draft = drafts[file.name];
    if (draft && rowOf(draft)) send(file, String(draft));
    else ask(file);
  }
}

// What the server does not say, somebody chooses.
async function draftsOf(names) {
  try {
    const answer = await fetch(part.dataset.match, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ names }),
    });
    return answer.ok ? (await answer.json()).drafts : {};
  } catch (lost) {
    return {};
  }
}

function rowOf(draft) {
  return document.querySelector(`[data-import-work="${draft}"]`);
}

function ask(file) {
  const source = document.querySelector("[data-import-choice]").content;
  const item = source.cloneNode(true).querySelector("li");
  const select = item.querySelector("select");
  item.querySelector("[data-import-name]").textContent = file.name;
  select.setAttribute("aria-label", file.name);
  document.querySelectorAll("form[data-draft]").forEach(({ dataset }) => {
    const title = rowOf(dataset.draft).querySelector("th").textContent.trim();
    select.add(new Option(title, dataset.draft));
  });
  select.addEventListener("change", () => {
    if (!select.value) return;
    item.remove();
    unmatched.hidden = !unmatched.querySelector("li");
    send(file, select.value);
  });
  unmatched.querySelector("[data-import-list]").append(item);
  unmatched.hidden = false;
}

// --- On its way ------------------------------------------------------------------
async function send(file, draft) {
  const transfer = await Transfer.of(file, { draft, replaces: "", url: "", offset: 0 });
  const card = new UploadCard(template, {
    name: file.name,
    words,
    accept: "",
    actions: {
      pause: () => transfer.pause(),
      go: () => transfer.wait(),
      agree: () => queue.agreeToMobileData(),
      later: () => transfer.to("later"),
      again: () => transfer.restart(),
      stop: () => putAway(transfer),
      pick: (other) => {
        putAway(transfer);
        send(other, draft);
      },
    },
  });
  cards.set(transfer, card);
  rowOf(draft).querySelector("[data-import-cards]").append(card.element);
  transfer.addEventListener("state", () => turned(transfer));
  queue.add(transfer);
}

function turned(transfer) {
  const card = cards.get(transfer);
  if (!card || transfer.state === "stopped") return;
  card.show(transfer);
  if (transfer.state !== "done") return;
  sent += 1;
  setTimeout(() => {
    drop(transfer);
    reloadWhenQuiet();
  }, DONE_MS);
}

function putAway(transfer) {
  drop(transfer);
  transfer.stop().catch(() => {});
  reloadWhenQuiet();
}

function drop(transfer) {
  const card = cards.get(transfer);
  cards.delete(transfer);
  if (card) card.element.remove();
  queue.remove(transfer);
}

// What is still missing is the server's to say, once nothing waits for anybody here.
function reloadWhenQuiet() {
  const isQuiet = cards.size === 0 && !unmatched.querySelector("li");
  if (sent > 0 && isQuiet) window.location.reload();
}

function painted() {
  for (const [transfer, card] of cards) card.show(transfer);
  const waiting = queue.unsettled;
  const done = waiting.reduce((sum, each) => sum + each.sent, 0);
  const whole = waiting.reduce((sum, each) => sum + each.file.size, 0);
  const percent = whole ? `${Math.floor((100 * done) / whole)}%` : "";
  status.textContent = percent ? fill(words.dock, { percent }) : "";
}
