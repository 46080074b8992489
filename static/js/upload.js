// The files step: what is chosen is looked at on this device, then sent; what began on
// another day or device is offered to go on with. Without script the forms work alone.
import { Precheck } from "./precheck/precheck.js";
import { UploadCard, cloneCard, paintBowl } from "./upload_card.js";
import { fill, percent } from "./upload_figures.js";
import { fingerprintOf, isSameFile } from "./upload_fingerprint.js";
import { library } from "./upload_library.js";
import { Queue } from "./upload_queue.js";
import { pathOf, terminate, uploadsOf } from "./upload_server.js";
import { Transfer } from "./upload_transfer.js";
import { refreshFiles, stayWhile } from "./wizard_pages.js";

const LOOK_MS = 4000;
const DONE_MS = 1600; // the full bowl stays so long
const FILES_STEP = 1; // its place among the steps
const [, draft] = window.location.pathname.match(/(\d+)\/edit\//);
const words = JSON.parse(document.getElementById("upload-words").textContent);
const template = document.querySelector("[data-upload-template]");
const place = document.createElement("div");
const queue = new Queue();
const cards = new Map(); // Transfer: UploadCard
const remembered = new Map(); // address: { upload, card, other }
const put = new Set(); // addresses whose card was put away
const READ = "uploads-read"; // addresses of refusals that were read
let rules = null;
let isTold = false; // what the server has was heard at least once
let title = document.title; // the page's own
let told = ""; // the title with how far the files are
let dock = null;

place.className = "uploads";
stayWhile(() => queue.unsettled.length > 0);
queue.addEventListener("change", painted);
document.addEventListener("page:shown", shown);
shown();
setInterval(lookAround, LOOK_MS);

// --- The page -----------------------------------------------------------------
function shown() {
  const known = document.getElementById("upload-rules");
  if (known) rules = JSON.parse(known.textContent);
  if (document.title !== told) title = document.title;
  document.querySelectorAll("form[data-upload]").forEach(bindForm);
  document.querySelectorAll("[data-drop]:not([data-bound])").forEach(bindDrop);
  const slot = document.querySelector("[data-upload-slot]");
  if (slot && !slot.contains(place)) slot.append(place);
  painted();
  if (slot) look();
}

// A field may stand outside its form, and be put in place anew without it.
function bindForm(form) {
  const input = fieldOf(form);
  if (input && !("bound" in input.dataset)) {
    input.dataset.bound = "";
    input.addEventListener("change", () => takeFrom(form));
  }
  if ("bound" in form.dataset) return;
  form.dataset.bound = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    takeFrom(form);
  });
}

function fieldOf(form) {
  return [...form.elements].find((field) => field.type === "file");
}

function takeFrom(form) {
  const input = fieldOf(form);
  const replaced = form.elements.namedItem("replace");
  const files = [...input.files];
  input.value = "";
  document.dispatchEvent(new Event("page:typed")); // a new file keeps what was written
  choose(files, { replaces: replaced ? replaced.value : "" });
}

function bindDrop(zone) {
  zone.dataset.bound = "";
  ["dragover", "dragleave", "drop"].forEach((kind) => {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle("drop-over", kind === "dragover");
      if (kind === "drop") choose([...event.dataTransfer.files]);
    });
  });
}

function painted() {
  const waiting = queue.unsettled;
  const sent = waiting.reduce((sum, each) => sum + each.sent, 0);
  const whole = waiting.reduce((sum, each) => sum + each.file.size, 0);
  const filled = percent(sent, whole);
  told = waiting.length ? `${filled}% · ${title}` : title;
  document.title = told;
  place.classList.toggle("uploads-many", place.children.length > 1);
  for (const [transfer, card] of cards) card.show(transfer);
  document.querySelectorAll("[data-drop]").forEach((zone) => {
    zone.closest("form").hidden = isFull();
  });
  paintDock(waiting.length > 0 && !place.isConnected, filled);
  paintStep(waiting.length > 0, filled);
}

// Under the step's name in the list of steps.
function paintStep(isWanted, filled) {
  const name = document.querySelectorAll(".wizard-steps .step-words")[FILES_STEP];
  let hint = name.querySelector("[data-upload-hint]");
  if (isWanted && !hint) {
    hint = document.createElement("span");
    hint.className = "step-hint";
    hint.dataset.uploadHint = "";
    name.append(hint);
  }
  if (!hint) return;
  hint.hidden = !isWanted;
  hint.textContent = fill(words.step, { percent: `${filled}%` });
}

// A small bowl above the buttons of the other steps.
function paintDock(isWanted, filled) {
  if (isWanted && !dock) {
    dock = cloneCard(document.querySelector("[data-upload-dock-template]"));
    document.querySelector(".dock").prepend(dock);
  }
  if (!dock) return;
  dock.hidden = !isWanted;
  paintBowl(dock.querySelector("[data-bowl]"), filled);
  dock.querySelector("[data-dock-words]").textContent = fill(words.dock, {
    percent: `${filled}%`,
  });
}

// --- Choosing -------------------------------------------------------------------
async function choose(files, { replaces = "", instead = null } = {}) {
  if (!files.length) return;
  library().catch(() => {}); // asked for again when it is needed
  refusalList().textContent = "";
  const fresh = [];
  for (const file of files) {
    const fingerprint = await fingerprintOf(file, draft);
    const isKnown = goOnWith(file, fingerprint) || isHere(fingerprint, instead);
    if (!isKnown) fresh.push({ file, fingerprint });
  }
  if (!fresh.length) return;
  const freed = replaces || instead ? 1 : 0;
  if (fresh.length > slots() + freed) return tooMany(fresh);
  const results = await Precheck.check(
    fresh.map(({ file }) => file),
    replaces ? { replacing: replaces } : {},
  );
  results.forEach((result, index) => {
    const send = () => {
      if (instead) putAway(instead);
      begin({ ...fresh[index], replaces });
    };
    if (result.ok) send();
    else refuse(result, { send, replaces, instead });
  });
}

// How many more files fit in, counting those on their way.
function slots() {
  if (!rules) return 0;
  const coming = queue.unsettled.filter((each) => !each.replaces).length;
  const begun = [...remembered.values()].filter(({ upload }) => isOpen(upload)).length;
  return rules.slots - coming - begun;
}

// What is on its way here takes every place that is left.
function isFull() {
  const coming = queue.unsettled.filter((each) => !each.replaces);
  return coming.length > 0 && Boolean(rules) && coming.length >= rules.slots;
}

function tooMany(fresh) {
  const begun = [...remembered.values()].find(({ upload }) => isOpen(upload));
  if (begun && fresh.length === 1) askAbout(begun, fresh[0].file);
  else say("", words.many);
}

// Goes on at the server's offset with what began on another day or device.
function goOnWith(file, fingerprint) {
  for (const [address, { upload, card }] of remembered) {
    if (upload.state !== "receiving") continue;
    if (!isSameFile(upload.fingerprint || "", fingerprint)) continue;
    forget(address, card);
    begin({ file, fingerprint: upload.fingerprint, upload });
    return true;
  }
  return false;
}

// The same file once more: it goes on if it had stopped.
function isHere(fingerprint, instead) {
  const found = [...cards.keys()].find(
    (each) =>
      each !== instead && each.isUnsettled && isSameFile(each.fingerprint, fingerprint),
  );
  if (found && found.state === "paused") found.wait();
  return Boolean(found);
}

function refuse(result, { send, replaces, instead }) {
  const item = say(result.file.name, sentenceOf(result));
  if (result.better) {
    addButton(item, result.better.button, async () => {
      await Precheck.changeCategory(result.better.category);
      choose([result.file], { replaces, instead });
    });
  }
  offerAnother(item, result.file, (file) => choose([file], { replaces, instead }));
  if (result.mayInsist) addButton(item, words.anyway, send);
}

// The way out of every refusal: the list is emptied when another one is looked at.
function offerAnother(item, refused, pick) {
  const part = item.querySelector("[data-refusal-pick]");
  const input = part.querySelector("input");
  part.hidden = false;
  input.accept = rules ? rules.accept : "";
  input.setAttribute("aria-label", `${part.textContent.trim()} ${refused.name}`);
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (!file) return;
    Precheck.forget(refused);
    pick(file);
  });
}

function sentenceOf(result) {
  const found = result.findings.find((finding) => finding.severity === "error");
  return result.better ? result.better.message : found.message;
}

function refusalList() {
  return document.querySelector("[data-upload-refusals]");
}

function say(name, sentence) {
  const source = document.querySelector("[data-refusal-template]").content;
  const item = source.cloneNode(true).querySelector(".rule");
  item.querySelector(".rule-title").textContent = name;
  item.querySelector(".rule-text").textContent = sentence;
  refusalList().append(item);
  return item;
}

function addButton(item, label, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-second button-small";
  button.textContent = label;
  button.addEventListener("click", () => {
    item.remove();
    action();
  });
  item.querySelector("[data-refusal-actions]").append(button);
}

// --- On its way -------------------------------------------------------------------
async function begin({ file, fingerprint, replaces = "", upload = null }) {
  const transfer = await Transfer.of(file, {
    draft,
    fingerprint,
    replaces,
    url: upload ? pathOf(upload.url) : "",
    offset: upload ? upload.offset_bytes : 0,
  });
  const card = new UploadCard(template, {
    name: file.name,
    words,
    accept: rules.accept,
    actions: {
      pause: () => transfer.pause(),
      go: () => transfer.wait(),
      agree: () => queue.agreeToMobileData(),
      later: () => transfer.to("later"),
      again: () => transfer.restart(),
      stop: () => putAway(transfer),
      pick: (other) => choose([other], { replaces, instead: transfer }),
    },
  });
  cards.set(transfer, card);
  place.append(card.element);
  transfer.addEventListener("state", () => turned(transfer));
  queue.add(transfer);
}

function turned(transfer) {
  const card = cards.get(transfer);
  if (!card) return;
  if (transfer.state === "stopped") return;
  card.show(transfer);
  if (transfer.state !== "done") return;
  Precheck.sent(transfer.file);
  setTimeout(() => {
    remove(transfer);
    refreshFiles().catch(() => window.setTimeout(refreshFiles, LOOK_MS));
  }, DONE_MS);
}

function putAway(transfer) {
  remove(transfer);
  Precheck.forget(transfer.file);
  if (transfer.state === "refused") return noteRead(transfer.url);
  // What the server does not hear now is offered again on the next visit.
  transfer.stop().catch(() => put.delete(transfer.url));
}

function remove(transfer) {
  if (transfer.url) put.add(transfer.url);
  const card = cards.get(transfer);
  cards.delete(transfer);
  if (card) card.element.remove();
  queue.remove(transfer);
}

// --- Begun on another day or device -----------------------------------------------
function lookAround() {
  const isSeen = place.isConnected && document.visibilityState === "visible";
  const isWatched = remembered.size > 0 || document.querySelector("[data-look][open]");
  if (isSeen && (isWatched || !isTold)) look();
}

async function look() {
  let uploads;
  try {
    uploads = await uploadsOf(draft);
  } catch (lost) {
    return; // asked again in a moment
  }
  isTold = true;
  const mine = new Set([...cards.keys()].map((transfer) => transfer.url));
  const told = new Set();
  for (const upload of uploads) {
    const address = pathOf(upload.url);
    const isOthers = !mine.has(address) && !put.has(address) && isOfTheWork(upload);
    if (!isOthers || isBegunHere(upload)) continue;
    told.add(address);
    heardOf(address, upload);
  }
  for (const [address, { card }] of remembered) {
    if (!told.has(address)) forget(address, card);
  }
  painted();
}

function isOfTheWork(upload) {
  return !upload.purpose || upload.purpose === "file";
}

// Created by this page a moment ago, its address not yet known here.
function isBegunHere(upload) {
  return [...cards.keys()].some(
    (each) =>
      !each.url &&
      each.isUnsettled &&
      isSameFile(upload.fingerprint || "", each.fingerprint),
  );
}

function isOpen(upload) {
  return upload.state === "receiving" || upload.state === "finishing";
}

function heardOf(address, upload) {
  const known = remembered.get(address);
  if (!known) {
    const isNews = upload.state === "refused" && !read().includes(address);
    if (!isOpen(upload) && !isNews) return;
    const card = rememberedCard(address, upload);
    remembered.set(address, { upload, card, other: null });
    place.append(card.element);
    card.remember(upload, stateOf(upload), upload.detail || "");
    return;
  }
  const before = known.upload;
  known.upload = upload;
  if (upload.state === "finished") {
    forget(address, known.card);
    refreshFiles();
  } else if (!known.other) {
    const isComing = upload.offset_bytes > before.offset_bytes;
    const sentence = isComing ? words.elsewhere : upload.detail || "";
    known.card.remember(upload, stateOf(upload), sentence);
  }
}

function stateOf(upload) {
  return upload.state === "receiving" ? "remembered" : upload.state;
}

function rememberedCard(address, upload) {
  return new UploadCard(template, {
    name: upload.name,
    words,
    accept: rules ? rules.accept : "",
    actions: {
      same: (file) => chosenFor(address, file),
      pick: (file) => {
        forget(address, remembered.get(address).card);
        choose([file]);
      },
      fresh: () => insteadOf(address),
      stop: () => giveUp(address),
    },
  });
}

async function chosenFor(address, file) {
  const known = remembered.get(address);
  if (!known || goOnWith(file, await fingerprintOf(file, draft))) return;
  askAbout(known, file);
}

function askAbout(known, file) {
  known.other = file;
  const names = { name: known.upload.name, other: file.name };
  known.card.remember(known.upload, "different", fill(words.different, names));
  known.card.element.scrollIntoView({ block: "nearest" });
}

async function insteadOf(address) {
  const { other } = remembered.get(address);
  await giveUp(address);
  choose([other]);
}

async function giveUp(address) {
  const { upload, card } = remembered.get(address);
  forget(address, card);
  if (!isOpen(upload)) return noteRead(address);
  try {
    await terminate(address);
  } catch (lost) {
    put.delete(address);
  }
}

function forget(address, card) {
  put.add(address);
  remembered.delete(address);
  card.element.remove();
}

// A refusal is shown until it was read.
function read() {
  return JSON.parse(localStorage.getItem(READ) || "[]");
}

function noteRead(address) {
  localStorage.setItem(READ, JSON.stringify([...read(), address].slice(-50)));
}
