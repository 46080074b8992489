// Looks at chosen files on this device, before the first byte is sent, by the rule book
// the server gives; the sentences are the server's, only numbers are filled in here.
//
//   const results = await Precheck.check(files, { replacing });
//
// A result, in the order of the files: { file, facts, findings, lines, ok, mayInsist,
// better }. `findings` are as the API gives them; `lines` are the states of the rule
// list. `ok`: nothing speaks against sending it. `mayInsist`: not ok, but only by what the
// file claims of itself, so that one may send it all the same and the server decides.
// `better`: null, or { category, name, message, button }, another category it fits: after
// `await Precheck.changeCategory(better.category)` check again; the files stay chosen.
//
// Never stricter than the server, and never rejects: what cannot be told here is left to
// it. Precheck.forget(file): it was removed; Precheck.sent(file): the server has it.
// Events on the document: precheck:start, :file, :done, :category and, for any of them,
// :change with detail { looked }, by which rule_list.js paints.
import { refreshFiles } from "../wizard_pages.js";
import "./rule_list.js";

const UNKNOWN = { facts: {}, findings: [], lines: {} };
const LEFT_TO_THE_SERVER = { ...UNKNOWN, ok: true, mayInsist: false, better: null };
const looked = new Map(); // file: its result, null while it is being looked at
const arrived = new Set(); // files the page does not yet tell of
let fetched = null;

function pageData() {
  const told = document.getElementById("precheck");
  return told && JSON.parse(told.textContent);
}

function emit(name, detail) {
  document.dispatchEvent(new CustomEvent(`precheck:${name}`, { detail }));
}

// The code that looks, and the book it looks by: once, and again after a failure.
function tools(address) {
  if (!fetched) {
    fetched = Promise.all([import("./look.js"), readBook(address)]);
    fetched.catch(() => {
      fetched = null;
    });
  }
  return fetched;
}

async function readBook(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`rule book: ${answer.status}`);
  return answer.json();
}

async function check(files, options = {}) {
  // What was refused before is not on its way: another one was chosen instead.
  looked.forEach((result, file) => {
    if (result && !result.ok) looked.delete(file);
  });
  files.forEach((file) => looked.set(file, null));
  emit("start", { files });
  emit("change", { looked });
  const results = [];
  for (const [index, file] of files.entries()) {
    const result = await lookAt(file, { ...pageData(), ...options });
    results.push(result);
    if (looked.has(file)) looked.set(file, result);
    emit("file", { result, index });
    emit("change", { looked });
  }
  emit("done", { results });
  return results;
}

async function lookAt(file, options) {
  try {
    const [{ look }, served] = await tools(pageData().book);
    const book = typeof options.book === "object" ? options.book : served;
    return await look(file, { ...options, book, before: before(file, options) });
  } catch (error) {
    return { ...LEFT_TO_THE_SERVER, file }; // offline, or an old browser
  }
}

// The files this one comes after: on the server, and those good enough to be sent.
function before(file, { existing, replacing }) {
  const queue = [...looked.keys()];
  const earlier = queue
    .slice(0, queue.indexOf(file))
    .map((each) => looked.get(each))
    .filter((result) => result && (result.ok || result.mayInsist))
    .map(({ facts }) => facts);
  return [...existing.filter(({ id }) => String(id) !== String(replacing)), ...earlier];
}

function forget(file) {
  looked.delete(file);
  arrived.delete(file);
  emit("change", { looked });
}

function sent(file) {
  if (looked.has(file)) arrived.add(file);
}

document.addEventListener("page:shown", () => arrived.forEach(forget));

async function book() {
  return (await tools(pageData().book))[1];
}

// Tells the server, then takes over what the page says about the new category.
async function changeCategory(category) {
  try {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    await fetch(pageData().update, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ category }),
    });
    await refreshFiles();
    emit("category", { category });
  } catch (error) {
    // Said again by the next check, with the same button.
  }
}

export const Precheck = { book, changeCategory, check, forget, sent };

// Fetched while nothing else is to be done, so that a choice is answered at once.
if (pageData()) {
  const idle = window.requestIdleCallback || ((work) => setTimeout(work, 2000));
  idle(() => tools(pageData().book).catch(() => {}));
}
