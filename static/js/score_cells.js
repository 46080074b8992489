// Points by key: 1 to 9 give points, 0 gives ten, a dot adds or takes away a half.
// Works on radio buttons whose values count half points; arrows and Tab stay native.

const HALF = ".";

function pick(group, value) {
  const radio = group.querySelector(`input[type="radio"][value="${value}"]`);
  if (!radio) return false;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function wanted(group, key) {
  if (/^[1-9]$/.test(key)) return Number(key) * 2;
  if (key === "0") return 20;
  const picked = group.querySelector("input:checked");
  if (key !== HALF || !picked || picked.value === "") return null;
  const halfPoints = Number(picked.value);
  return halfPoints % 2 ? halfPoints - 1 : halfPoints + 1;
}

for (const group of document.querySelectorAll(".score-cells")) {
  group.addEventListener("keydown", (event) => {
    if (event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    const value = wanted(group, event.key);
    if (value !== null && pick(group, value)) event.preventDefault();
  });
}
