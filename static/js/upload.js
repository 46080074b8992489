// Uploads files one after the other and shows the bowl filling. Looks at each on this
// device first; the sentences are the server's. Without script the forms work alone.
const rules = JSON.parse(document.getElementById("upload-rules").textContent);
const card = document.querySelector("[data-upload-card]");
const refusals = document.querySelector("[data-upload-refusals]");
const title = document.title;
const BOWL_TOP = 40;
const BOWL_BOTTOM = 148;
const LOOK_MS = 6000;

document.querySelectorAll("form[data-upload]").forEach((form) => {
  const input = [...form.elements].find((field) => field.type === "file");
  if (!input) return;
  input.addEventListener("change", () => start(form, input, [...input.files]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start(form, input, [...input.files]);
  });
});

document.querySelectorAll("[data-drop]").forEach((zone) => {
  const input = zone.querySelector("input");
  ["dragover", "dragleave", "drop"].forEach((kind) => {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle("drop-over", kind === "dragover");
      if (kind === "drop") start(input.form, input, [...event.dataTransfer.files]);
    });
  });
});

async function start(form, input, files) {
  if (!files.length) return;
  refusals.textContent = "";
  const isReplacing = form.elements.namedItem("replace") !== null;
  if (!isReplacing && files.length > rules.slots) {
    refuse("", rules.words.many);
    input.value = "";
    return;
  }
  let arrived = 0;
  for (const file of files) {
    const fault = await faultOf(file);
    if (fault && !(await insists(file, fault))) continue;
    if (!(await send(form, input, file))) break;
    arrived += 1;
  }
  input.value = "";
  // The page with the new files; it stays only to show why one was refused.
  if (arrived && !refusals.children.length) window.location.reload();
  else if (arrived) setTimeout(() => window.location.reload(), 6000);
}

// What is surely wrong cannot be sent; a length may have been misread, so one may insist.
async function faultOf(file) {
  if (file.size === 0) return { words: rules.words.empty };
  if (file.size > rules.max_bytes) return { words: rules.words.large };
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const isJpeg = head[0] === 0xff && head[1] === 0xd8;
  const isMp4 = String.fromCharCode(...head.slice(4, 8)) === "ftyp";
  if (rules.container === "jpeg" ? !isJpeg : !isMp4) return { words: rules.words.kind };
  if (rules.container !== "mp4") return null;
  const seconds = await lengthOf(file);
  if (rules.max_s && seconds > rules.max_s) {
    return { words: rules.words.long, mayInsist: true };
  }
  if (rules.min_s && seconds < rules.min_s) {
    return { words: rules.words.short, mayInsist: true };
  }
  return null;
}

function lengthOf(file) {
  const video = document.createElement("video");
  const address = URL.createObjectURL(file);
  return new Promise((done) => {
    const finish = (seconds) => {
      video.onerror = null;
      video.removeAttribute("src");
      video.load();
      URL.revokeObjectURL(address);
      done(seconds);
    };
    video.preload = "metadata";
    video.onloadedmetadata = () => finish(video.duration);
    video.onerror = () => finish(NaN);
    setTimeout(() => finish(NaN), LOOK_MS);
    video.src = address;
  });
}

function refuse(name, words) {
  const source = document.querySelector("[data-refusal-template]").content;
  const item = source.cloneNode(true).querySelector(".rule");
  item.querySelector(".rule-title").textContent = name;
  item.querySelector(".rule-text").textContent = words;
  refusals.append(item);
  return item;
}

function insists(file, fault) {
  const item = refuse(file.name, fault.words);
  if (!fault.mayInsist) return Promise.resolve(false);
  const source = document.querySelector("[data-anyway-template]").content;
  const button = source.cloneNode(true).querySelector("button");
  item.querySelector(".rule-body").append(button);
  return new Promise((done) => {
    button.addEventListener("click", () => {
      item.remove();
      done(true);
    });
  });
}

function send(form, input, file) {
  const data = new FormData();
  for (const field of form.elements) {
    if (field.type === "hidden") data.append(field.name, field.value);
  }
  data.append("file", file, file.name);
  const request = new XMLHttpRequest();
  const began = Date.now();
  show(file);
  return new Promise((done) => {
    request.upload.onprogress = (event) => progress(event, began);
    request.onload = () => done(heard(request, file));
    request.onerror = () => done(heard(request, file));
    request.onabort = () => done(stopped());
    card.querySelector("[data-upload-cancel]").onclick = () => request.abort();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });
}

function heard(request, file) {
  stopped();
  if (request.status === 201) return true;
  let words = rules.words.broken;
  if (request.status === 409) words = JSON.parse(request.responseText).detail;
  refuse(file.name, words);
  return false;
}

function stopped() {
  card.hidden = true;
  document.body.classList.remove("is-uploading");
  window.removeEventListener("beforeunload", stay);
  card.querySelector("[data-bowl]").classList.remove("bowl-busy");
  document.title = title;
  return false;
}

function show(file) {
  card.hidden = false;
  document.body.classList.add("is-uploading");
  window.addEventListener("beforeunload", stay);
  card.querySelector("[data-bowl]").classList.add("bowl-busy");
  card.querySelector("[data-upload-name]").textContent = file.name;
  fill(0);
}

function stay(event) {
  event.preventDefault();
}

function progress(event, began) {
  const seconds = Math.max((Date.now() - began) / 1000, 0.1);
  const speed = event.loaded / seconds;
  const percent = Math.floor((100 * event.loaded) / event.total);
  const left = (event.total - event.loaded) / Math.max(speed, 1);
  fill(percent);
  write("sent", size(event.loaded));
  write("total", `/ ${size(event.total)}`);
  write("speed", `${size(speed)}/s`);
  write("left", percent === 100 ? rules.words.sent : length(left));
  document.title = `${percent}% · ${title}`;
}

function fill(percent) {
  const bowl = card.querySelector("[data-bowl]");
  const level = BOWL_BOTTOM - ((BOWL_BOTTOM - BOWL_TOP) * percent) / 100;
  bowl.setAttribute("aria-valuenow", percent);
  bowl.classList.toggle("bowl-full", percent === 100);
  bowl.querySelector("[data-water]").setAttribute("transform", `translate(0 ${level})`);
  bowl.querySelector("[data-percent]").textContent = percent;
  bowl.querySelector(".bowl-text").classList.toggle("bowl-text-dark", percent < 45);
}

function write(name, text) {
  card.querySelector(`[data-upload-${name}]`).textContent = text;
}

function size(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let at = 0;
  while (bytes >= 1024 && at < units.length - 1) {
    bytes /= 1024;
    at += 1;
  }
  return `${bytes.toFixed(at > 1 && bytes < 100 ? 1 : 0)} ${units[at]}`;
}

function length(seconds) {
  const whole = Math.ceil(seconds);
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${String(whole % 60).padStart(2, "0")}`;
}
