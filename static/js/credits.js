// The credit line without loading the page again: add a person, move, take off. What the
// buttons do without script, this does in place, and the draft is saved as after typing.
export function makeRows(form, count) {
  const list = form.querySelector("[data-credits]");
  while (list && rowsOf(list).length < count) add(list);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-credits] button[name=do]");
  if (!button) return;
  event.preventDefault();
  const list = button.closest("[data-credits]");
  if (button.matches("[data-credit-add]")) add(list);
  else act(list, button);
});

function add(list) {
  const rows = rowsOf(list);
  const row = rows[rows.length - 1].cloneNode(true);
  row.querySelectorAll("input").forEach((input) => {
    input.value = "";
  });
  list.querySelector("[data-credit-rows]").append(row);
  number(list);
  row.querySelector("input").focus();
}

function act(list, button) {
  const row = button.closest("[data-credit-row]");
  const name = row.querySelector("input").value.trim();
  if (button.matches("[data-credit-remove]")) remove(list, row, name);
  else move(list, row, name, button);
  number(list);
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

function remove(list, row, name) {
  const neighbour = row.nextElementSibling || row.previousElementSibling;
  if (neighbour) row.remove();
  else
    row.querySelectorAll("input").forEach((input) => {
      input.value = "";
    });
  (neighbour || row).querySelector("input").focus();
  say(list, list.dataset.removedText, { name });
}

function move(list, row, name, button) {
  if (button.matches("[data-credit-up]")) row.previousElementSibling.before(row);
  else row.nextElementSibling.after(row);
  number(list);
  (button.disabled ? row.querySelector("button:not(:disabled)") : button).focus();
  const rows = rowsOf(list);
  const place = rows.indexOf(row) + 1;
  say(list, list.dataset.movedText, { name, place, count: rows.length });
}

function number(list) {
  const rows = rowsOf(list);
  rows.forEach((row, at) => {
    row.querySelectorAll("button[name=do]").forEach((button) => {
      button.value = button.value.replace(/\d+$/, String(at + 1));
    });
    row.querySelector("[data-credit-up]").disabled = at === 0;
    row.querySelector("[data-credit-down]").disabled = at === rows.length - 1;
  });
  const more = list.querySelector("[data-credit-add]");
  if (more) more.hidden = rows.length >= Number(list.dataset.creditsMost);
}

function rowsOf(list) {
  return [...list.querySelectorAll("[data-credit-row]")];
}

function say(list, sentence, values) {
  list.querySelector("[data-credit-status]").textContent = sentence.replace(
    /%\((\w+)\)s/g,
    (_whole, key) => values[key],
  );
}
