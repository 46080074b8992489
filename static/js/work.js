// A series one picture at a time, with arrows and thumbnails; and sharing, where the
// browser can. Without script all pictures stand below each other.
const series = document.querySelector("[data-series]");
const frames = series ? [...series.querySelectorAll("[data-series-frame]")] : [];

if (frames.length > 1) {
  const thumbs = [...series.querySelectorAll("[data-series-thumb]")];
  const arrows = series.querySelector("[data-series-arrows]");
  let at = Math.max(frames.findIndex((frame) => `#${frame.id}` === location.hash), 0);

  series.classList.add("series-one");
  arrows.hidden = false;
  arrows.querySelector("[data-series-back]").addEventListener("click", () => go(at - 1));
  arrows.querySelector("[data-series-on]").addEventListener("click", () => go(at + 1));
  thumbs.forEach((thumb, index) => {
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      go(index);
    });
  });
  series.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") go(at - 1);
    if (event.key === "ArrowRight") go(at + 1);
  });
  go(at);

  function go(index) {
    at = (index + frames.length) % frames.length;
    frames.forEach((frame, number) => {
      frame.hidden = number !== at;
    });
    thumbs.forEach((thumb, number) => {
      if (number === at) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    });
  }
}

if (navigator.share) {
  document.querySelectorAll("[data-share]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ title: document.title, url: location.href }).catch(() => {});
    });
  });
}
