// A table that was just chosen: its size is told here, what stands in it by the server,
// before the form is sent. The chosen file stays chosen.
import { token } from "./upload_server.js";

const form = document.querySelector("form[data-table-look]");
const input = form.querySelector("input[type=file]");
const place = form.querySelector("[data-table-said]");
const words = place.dataset;
let looked = 0; // only the answer about the last choice counts

input.addEventListener("change", look);
form.elements.unit?.addEventListener("change", look);

async function look() {
  const turn = (looked += 1);
  const [file] = input.files;
  if (!file) return say([]);
  const refusal = refusalOf(file);
  if (refusal) return say([refusal], "wrong");
  say([words.looking]);
  const [lines, state] = await answered(file);
  if (turn === looked) say(lines, state);
}

function refusalOf(file) {
  if (!file.size) return words.empty;
  return file.size > Number(words.maxBytes) ? words.large : "";
}

async function answered(file) {
  const body = new FormData();
  body.set("table", file);
  if (form.elements.unit) body.set("unit", form.elements.unit.value);
  try {
    const answer = await fetch(form.dataset.tableLook, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": token() },
    });
    const told = await answer.json();
    return [told.lines, told.refused ? "wrong" : "read"];
  } catch {
    return [[words.unknown], ""]; // the form still works, and says the same
  }
}

function say(lines, state = "") {
  place.dataset.state = state;
  place.replaceChildren(
    ...lines.map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }),
  );
}
