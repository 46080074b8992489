// The order of a series in place: by buttons or by dragging the grip. The server keeps
// the order and draws the list; the captions typed so far go along with every move.
const GAP = 8; // px a finger may tremble before it drags
let drag = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-series-move]");
  if (!button) return;
  event.preventDefault();
  const file = button.closest("[data-series-file]");
  move(file, Number(button.value), button.dataset.seriesMove);
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-series-grip]");
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  const file = grip.closest("[data-series-file]");
  grip.setPointerCapture(event.pointerId);
  drag = { file, grip, from: placeOf(file), startY: event.clientY, isMoving: false };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!drag.isMoving && Math.abs(event.clientY - drag.startY) < GAP) return;
  if (!drag.isMoving) lift();
  const over = siblingsOf(drag.file).find((other) => isPassed(other, event.clientY));
  if (over) swapWith(over);
  if (event.clientY < 80) window.scrollBy(0, -12);
  else if (event.clientY > window.innerHeight - 120) window.scrollBy(0, 12);
});

document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

// Only the pictures stay while one is dragged, so that the way is short.
function lift() {
  const before = drag.grip.getBoundingClientRect().top;
  drag.isMoving = true;
  drag.file.classList.add("is-lifted");
  drag.file.parentElement.classList.add("is-sorting");
  const after = drag.grip.getBoundingClientRect().top;
  window.scrollBy({ top: after - before, behavior: "instant" });
}

// Beyond its middle, or two of different height would change places for ever.
function isPassed(other, y) {
  const box = other.getBoundingClientRect();
  const middle = (box.top + box.bottom) / 2;
  return isBefore(other) ? y < middle && y > box.top : y > middle && y < box.bottom;
}

function isBefore(other) {
  const order = drag.file.compareDocumentPosition(other);
  return Boolean(order & Node.DOCUMENT_POSITION_PRECEDING);
}

// The others step aside: a dragged element that is itself moved would lose the finger.
function swapWith(other) {
  const { file } = drag;
  const isUp = isBefore(other);
  let passed = null;
  while (passed !== other) {
    passed = isUp ? file.previousElementSibling : file.nextElementSibling;
    if (isUp) file.after(passed);
    else file.before(passed);
  }
}

function drop() {
  if (!drag) return;
  const { file, from } = drag;
  file.classList.remove("is-lifted");
  file.parentElement.classList.remove("is-sorting");
  drag = null;
  const to = placeOf(file);
  if (to !== from) move(file, to, "");
}

async function move(file, to, action) {
  const list = file.closest("[data-series-order]");
  const data = new FormData(file.closest("form"));
  data.append("to", to);
  try {
    const answer = await fetch(file.dataset.moveUrl, { method: "POST", body: data });
    if (!answer.ok) throw new Error("not moved");
    show(await answer.text(), file, action);
  } catch (error) {
    say(list.dataset.lostText, {});
    window.location.reload();
  }
}

function show(text, file, action) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const stale = document.getElementById("files");
  stale.replaceWith(page.getElementById("files"));
  const list = document.getElementById("files");
  document.dispatchEvent(new CustomEvent("page:shown", { detail: { root: list } }));
  const moved = [...list.children].find(
    (each) => each.dataset.moveUrl === file.dataset.moveUrl,
  );
  focus(moved, action);
  say(list.dataset.movedText, {
    name: moved.dataset.name,
    place: placeOf(moved),
    count: list.children.length,
  });
}

// The same button again, or its neighbour where that one is gone.
function focus(file, action) {
  const same = action && file.querySelector(`[data-series-move="${action}"]`);
  const button = same || file.querySelector("[data-series-move]");
  if (button) button.focus();
}

function placeOf(file) {
  return [...file.parentElement.children].indexOf(file) + 1;
}

function siblingsOf(file) {
  return [...file.parentElement.children].filter((other) => other !== file);
}

function say(sentence, values) {
  document.querySelector("[data-series-status]").textContent = sentence.replace(
    /%\((\w+)\)s/g,
    (_whole, key) => values[key],
  );
}
