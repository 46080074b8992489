// Paints what is found on this device into the rule list, over what the server said, and
// announces each changed line, politely and at most once a second.
const PAUSE_MS = 1000;
const WORST_LAST = ["passed", "waiting", "advice", "running", "failed"];
const LOOKED_AT_HERE = new Set(
  "format count duration pixels soft_pixels colour density aspect".split(" "),
);
const served = new WeakMap(); // line: its state and text as the server gave them
const heard = new Map(); // key: the line as it was last announced
const news = new Map(); // key: what is to be announced of it
let looked = new Map();
let timer = null;
let words = null;

const observer = new MutationObserver(paint);
document.addEventListener("precheck:change", (event) => {
  looked = event.detail.looked;
  if (words) paint();
});
document.addEventListener("page:shown", begin);
begin();

function begin() {
  const rules = document.querySelector(".wizard-rules");
  const told = document.getElementById("precheck");
  observer.disconnect();
  words = rules && told ? JSON.parse(told.textContent).words : null;
  if (!words) return; // another step
  observer.observe(rules, { childList: true, subtree: true });
  paint();
}

function paint() {
  const lines = [...document.querySelectorAll("[data-rules] [data-rule]")];
  for (const line of lines) {
    if (!served.has(line)) served.set(line, read(line));
    write(line, merged(line.dataset.rule, served.get(line)));
    listen(line);
  }
  if (lines.length) paintRing(lines.map((line) => read(line).state));
}

// --- A line ---------------------------------------------------------------------------
function read(line) {
  const text = line.querySelector(".rule-text");
  return {
    state: WORST_LAST.find((each) => line.classList.contains(`rule-${each}`)),
    text: text ? text.textContent : "",
  };
}

function write(line, { state, text }) {
  const before = read(line);
  if (before.state !== state) {
    line.classList.replace(`rule-${before.state}`, `rule-${state}`);
    const source = document.querySelector(`[data-rule-state="${state}"]`).content;
    const mark = source.cloneNode(true).querySelector(".rule-mark");
    line.querySelector(".rule-mark").replaceWith(mark);
  }
  if (before.text === text) return;
  let place = line.querySelector(".rule-text");
  if (!place) {
    place = document.createElement("p");
    place.className = "rule-text";
    line.querySelector(".rule-title").after(place);
  }
  place.textContent = text;
}

// The worst of what the server and this device say; with several files by their names.
function merged(key, server) {
  if (!LOOKED_AT_HERE.has(key)) return server;
  const here = [...looked]
    .filter(([, result]) => !result || result.lines[key])
    .map(([file, result]) => (result ? lineOf(key, file, result) : running()));
  if (key === "count") return here.length ? worst(here.slice(-1)) : server;
  if (server.state === "waiting" && here.length) return worst(here);
  return worst([server, ...here]);
}

const running = () => ({ state: "running", text: words.running });

function lineOf(key, file, { lines }) {
  const { state, text } = lines[key];
  const isSaid = looked.size > 1 && (state === "failed" || state === "advice");
  if (!isSaid || key === "count") return { state, text };
  return { state, text: fill(words.of_file, { name: file.name, text }) };
}

function worst(lines) {
  const rank = ({ state }) => WORST_LAST.indexOf(state);
  return lines.reduce((found, line) => (rank(line) > rank(found) ? line : found));
}

function fill(pattern, values) {
  return pattern.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
}

// --- How many are passed ----------------------------------------------------------------
function paintRing(states) {
  const ring = document.querySelector(".wizard-rules .ring");
  const lead = document.querySelector(".wizard-rules .rule-sheet-lead");
  const count = (wanted) => states.filter((state) => state === wanted).length;
  const [passed, failed] = [count("passed"), count("failed")];
  const said = fill(words.leads[failed ? "failed" : "passed"], { passed, failed });
  if (lead && lead.textContent !== said) lead.textContent = said;
  if (!ring || ring.getAttribute("aria-valuenow") === String(passed)) return;
  const whole = ring.getAttribute("aria-valuemax");
  ring.setAttribute("aria-valuenow", passed);
  ring.setAttribute("aria-valuetext", `${passed} / ${whole}`);
  ring.querySelector(".ring-text").textContent = `${passed}/${whole}`;
  const share = (100 * passed) / Math.max(whole, 1);
  ring.querySelector(".ring-value").setAttribute("stroke-dasharray", `${share} 100`);
}

// --- What is said aloud -------------------------------------------------------------------
function listen(line) {
  const { state, text } = read(line);
  const now = `${state} ${text}`;
  const before = heard.get(line.dataset.rule);
  heard.set(line.dataset.rule, now);
  if (before === undefined || before === now) return;
  const values = {
    title: line.querySelector(".rule-title").textContent,
    state: line.querySelector(".rule-mark .visually-hidden").textContent,
    text,
  };
  news.set(line.dataset.rule, fill(words.changed, values));
  if (!timer) timer = setTimeout(announce, PAUSE_MS);
}

function announce() {
  timer = null;
  const place = document.querySelector("[data-rules-said]");
  if (place) place.textContent = [...news.values()].join(" ");
  news.clear();
}
