// Under a film: what is to be seen at each moment, while one points at it, drags or
// goes there with the arrow keys. Without script there is only the player itself.
const STRIP_TILES = 12;
const STRIP_HEIGHT_PX = 54;

for (const board of document.querySelectorAll("[data-storyboard]")) {
  const video = board.parentElement.querySelector("video");
  if (video) follow(board, video);
}

function follow(board, video) {
  const range = board.querySelector("input");
  const look = board.querySelector("[data-storyboard-look]");
  const tile = board.querySelector("[data-storyboard-tile]");
  const time = board.querySelector("[data-storyboard-time]");
  const strip = board.querySelector("[data-storyboard-strip]");
  const tiles = tilesOf(board.dataset);
  const length = () => video.duration || tiles.step * tiles.count;

  range.step = String(Math.min(tiles.step, 5));
  if (strip) lay(strip, tiles, video);

  function measure() {
    range.max = String(length());
    board.hidden = false;
  }

  function show(seconds) {
    const number = Math.floor(seconds / tiles.step);
    tiles.paint(tile, Math.min(number, tiles.count - 1));
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

// The sheet of small pictures, one every `step` seconds of the film.
function tilesOf({ src, ...figures }) {
  const columns = Number(figures.columns);
  const width = Number(figures.tileWidth);
  const height = Number(figures.tileHeight);

  function paint(element, number, share = 1) {
    const left = (number % columns) * width * share;
    const top = Math.floor(number / columns) * height * share;
    element.style.backgroundImage = `url("${src}")`;
    element.style.backgroundSize = `${columns * width * share}px auto`;
    element.style.backgroundPosition = `-${left}px -${top}px`;
    element.style.width = `${width * share}px`;
    element.style.height = `${height * share}px`;
  }

  return { step: Number(figures.stepS), count: Number(figures.count), height, paint };
}

// Moments all over the film as buttons that go there.
function lay(strip, tiles, video) {
  const shown = Math.min(tiles.count, STRIP_TILES);
  for (let place = 0; place < shown; place += 1) {
    const number = Math.floor((place * tiles.count) / shown);
    const seconds = number * tiles.step;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "storyboard-moment";
    button.title = strip.dataset.words.replace("%(time)s", words(seconds));
    button.setAttribute("aria-label", button.title);
    tiles.paint(button, number, STRIP_HEIGHT_PX / tiles.height);
    button.addEventListener("click", () => {
      video.currentTime = seconds;
    });
    strip.appendChild(document.createElement("li")).append(button);
  }
}

function words(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
