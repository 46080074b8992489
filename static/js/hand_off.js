// Asks whether the phone has confirmed, and goes on by itself when it has.
const LOOK_MS = 1500;
const line = document.querySelector("[data-hand-off]");
let said = "waiting";

if (line) setTimeout(look, LOOK_MS);

async function look() {
  let state = said;
  try {
    const answer = await fetch(line.dataset.url, { cache: "no-store" });
    if (answer.ok) ({ state } = await answer.json());
  } catch (lost) {
    state = said; // asked again in a moment
  }
  if (state !== said && line.dataset[state]) line.textContent = line.dataset[state];
  said = line.dataset.state = state;
  if (state === "allowed") document.querySelector("[data-hand-off-enter]").submit();
  else if (state !== "over") setTimeout(look, LOOK_MS);
}
