// Under a film: what is to be seen at each moment, while one points at it, drags or
// goes there with the arrow keys. Without script there is only the player itself.
for (const board of document.querySelectorAll("[data-storyboard]")) {
  const video = board.parentElement.querySelector("video");
  if (video) follow(board, video);
}

function follow(board, video) {
  const range = board.querySelector("input");
  const look = board.querySelector("[data-storyboard-look]");
  const tile = board.querySelector("[data-storyboard-tile]");
  const time = board.querySelector("[data-storyboard-time]");
  const { src, ...figures } = board.dataset;
  const step = Number(figures.stepS);
  const columns = Number(figures.columns);
  const count = Number(figures.count);
  const width = Number(figures.tileWidth);
  const height = Number(figures.tileHeight);
  const length = () => video.duration || step * count;

  tile.style.width = `${width}px`;
  tile.style.height = `${height}px`;
  tile.style.backgroundSize = `${columns * width}px ${Number(figures.rows) * height}px`;
  range.step = String(Math.min(step, 5));

  function measure() {
    range.max = String(length());
    board.hidden = false;
  }

  function show(seconds) {
    if (!tile.style.backgroundImage) tile.style.backgroundImage = `url("${src}")`;
    const number = Math.min(Math.floor(seconds / step), count - 1);
    const left = (number % columns) * width;
    const top = Math.floor(number / columns) * height;
    tile.style.backgroundPosition = `-${left}px -${top}px`;
    time.textContent = words(seconds);
    look.hidden = false;
    const room = board.clientWidth - look.offsetWidth;
    const middle = range.offsetLeft + (seconds / length()) * range.offsetWidth;
    const at = middle - look.offsetWidth / 2;
    look.style.left = `${Math.min(Math.max(at, 0), Math.max(room, 0))}px`;
  }

  function tell() {
    range.setAttribute("aria-valuetext", words(Number(range.value)));
  }

  range.addEventListener("pointermove", (event) => {
    const area = range.getBoundingClientRect();
    const share = (event.clientX - area.left) / area.width;
    show(Math.min(Math.max(share, 0), 1) * length());
  });
  range.addEventListener("input", () => {
    video.currentTime = Number(range.value);
    show(Number(range.value));
    tell();
  });
  for (const name of ["pointerleave", "pointerup", "blur"]) {
    range.addEventListener(name, () => {
      look.hidden = true;
    });
  }
  video.addEventListener("timeupdate", () => {
    if (!look.hidden) return;
    range.value = String(video.currentTime);
    tell();
  });
  video.addEventListener("loadedmetadata", measure);
  if (video.readyState > 0) measure();
  tell();
}

function words(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
