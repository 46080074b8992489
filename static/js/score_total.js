// What the points picked so far add up to, while nothing is saved yet. As in
// judging/totals.py: out of 100, halves of a hundredth rounded up, none while one is open.
const sum = document.querySelector("[data-ballot-sum]");

if (sum) {
  sum.closest("form").addEventListener("change", show);
  show();
}

function show() {
  const criteria = picked(sum.closest("form"));
  const given = criteria.filter(({ value }) => value !== "");
  const isWhole = given.length === criteria.length;
  const open = sum.querySelector("[data-ballot-open]");
  write(sum.querySelector("[data-ballot-total]"), isWhole ? total(given) : "—");
  write(open, isWhole ? "" : words(given.length, criteria.length));
  open.hidden = isWhole;
}

function total(given) {
  const most = Number(sum.dataset.maxPoints);
  const parts = given.reduce((whole, at) => whole + at.weight * Number(at.value), 0);
  return (Math.floor((parts * 100 + most) / (2 * most)) / 100).toFixed(2);
}

function words(given, all) {
  return sum.dataset.open.replace("%(given)s", given).replace("%(all)s", all);
}

// Of each criterion its weight, and the half points picked, "" for none.
function picked(form) {
  const fields = [...form.querySelectorAll("[data-weight]")];
  return [...new Set(fields.map(({ name }) => name))].map((name) => ({
    weight: Number(fields.find((field) => field.name === name).dataset.weight),
    value: new FormData(form).get(name) || "",
  }));
}

// Said aloud only when it is another one.
function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
