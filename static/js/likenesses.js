// Two films that are alike: a button shows the same moment in both.
for (const pair of document.querySelectorAll("[data-alike]")) {
  const [here, there] = pair.querySelectorAll("video");
  const moments = pair.querySelector("[data-alike-moments]");
  if (!here || !there || !moments) continue;

  moments.hidden = false;
  moments.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    here.currentTime = Number(button.dataset.here);
    there.currentTime = Number(button.dataset.there);
    there.muted = true; // one sound at a time
    for (const film of [here, there]) film.play().catch(() => {});
  });
}
