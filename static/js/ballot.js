// The ballot by keys: the film, the next picture, saving and going on. Points by key are
// in score_cells.js. Nothing here happens while somebody types.
import { isControl, listen } from "./keys.js";

const SECONDS = 5;
const form = document.getElementById("ballot_form");
const pieces = [...document.querySelectorAll(".stage-piece")];

// The film that was last played or pointed at; the first one at the beginning.
const films = [...document.querySelectorAll(".stage video")];
let film = films[0];
films.forEach((each) => {
  each.addEventListener("play", () => {
    film = each;
    films.filter((other) => other !== each).forEach((other) => other.pause());
  });
});

function play() {
  if (!film) return false;
  if (film.paused) film.play().catch(() => {}); // a pause may overtake it
  else film.pause();
  return true;
}

function seek(seconds) {
  if (!film) return false;
  film.currentTime = Math.max(film.currentTime + seconds, 0);
  return true;
}

function speed(factor) {
  if (!film) return false;
  film.playbackRate = Math.min(Math.max(film.playbackRate * factor, 0.25), 4);
  return true;
}

function fullScreen() {
  const shown = film || document.querySelector(".stage-piece img");
  if (!shown || !shown.requestFullscreen) return false;
  if (document.fullscreenElement) document.exitFullscreen();
  else shown.requestFullscreen();
  return true;
}

// The piece after, or before, the one at the top of the screen.
function step(by) {
  if (pieces.length < 2) return false;
  const tops = pieces.map((piece) => Math.abs(piece.getBoundingClientRect().top));
  const at = tops.indexOf(Math.min(...tops));
  const next = pieces[Math.min(Math.max(at + by, 0), pieces.length - 1)];
  next.scrollIntoView({ block: "start" });
  return true;
}

function goOn(event) {
  const button = form && form.querySelector("[name=_next]");
  const isElsewhere = isControl(event.target) && !event.target.matches("input");
  if (!button || isElsewhere) return false;
  button.click();
  return true;
}

function points() {
  const open = [...document.querySelectorAll(".score-cells")].find((group) => {
    const picked = group.querySelector("input:checked");
    return !picked || picked.value === "";
  });
  const group = open || document.querySelector(".score-cells");
  const radio = group && group.querySelector("input:checked, input");
  if (!radio) return false;
  radio.focus();
  return true;
}

const onPoints = (event) => event.target.matches("input[type=radio]");

listen({
  " ": (event) => (isControl(event.target) && !onPoints(event) ? false : play()),
  k: () => play(),
  j: () => seek(-SECONDS),
  l: () => seek(SECONDS),
  "<": () => speed(0.5),
  ">": () => speed(2),
  f: () => fullScreen(),
  p: () => points(),
  ArrowRight: (event) => (isControl(event.target) ? false : step(1)),
  ArrowLeft: (event) => (isControl(event.target) ? false : step(-1)),
  Enter: goOn,
});
