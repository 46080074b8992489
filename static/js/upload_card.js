// A file on its way as a card: the bowl, the figures, and what can be done about it.
import { duration, fill, percent, size } from "./upload_figures.js";

const BOWL_TOP = 40;
const BOWL_BOTTOM = 148;
const QUIET_MS = 400; // between two paintings of the figures
const ACTIONS = {
  // by state: the buttons that make sense
  waiting: ["pause", "stop"],
  asking: ["agree", "later", "stop"],
  later: ["agree", "stop"],
  sending: ["pause", "pick", "stop"],
  offline: ["pause", "pick", "stop"],
  paused: ["go", "pick", "stop"],
  finishing: [],
  done: [],
  refused: ["pick", "stop"],
  ended: ["again", "stop"],
  "signed-out": ["sign-in", "stop"],
  remembered: ["same", "stop"],
  different: ["same", "fresh", "stop"],
};
let made = 0;

export function cloneCard(template) {
  const element = template.content.firstElementChild.cloneNode(true);
  ownNames(element);
  return element;
}

// Each drawing needs names of its own for what it refers to.
function ownNames(element) {
  made += 1;
  element.querySelectorAll("svg [id]").forEach((part) => {
    const own = `${part.id}-${made}`;
    element.querySelectorAll(`[clip-path="url(#${part.id})"]`).forEach((user) => {
      user.setAttribute("clip-path", `url(#${own})`);
    });
    element.querySelectorAll(`[fill="url(#${part.id})"]`).forEach((user) => {
      user.setAttribute("fill", `url(#${own})`);
    });
    part.id = own;
  });
}

export function paintBowl(bowl, filled) {
  const level = BOWL_BOTTOM - ((BOWL_BOTTOM - BOWL_TOP) * filled) / 100;
  bowl.setAttribute("aria-valuenow", filled);
  bowl.querySelector("[data-water]").setAttribute("transform", `translate(0 ${level})`);
  bowl.querySelector("[data-percent]").textContent = filled;
  bowl.querySelector(".bowl-text").classList.toggle("bowl-text-dark", filled < 45);
}

export class UploadCard {
  constructor(template, { name, words, accept, actions }) {
    this.element = cloneCard(template);
    this.words = words;
    this.name = name;
    this.bowl = this.find("[data-bowl]");
    this.paintedAt = 0;
    this.find("[data-upload-name]").textContent = name;
    this.bowl.setAttribute("aria-label", name);
    this.element.querySelectorAll("input[type=file]").forEach((input) => {
      input.accept = accept;
      input.setAttribute("aria-label", `${input.dataset.label} ${name}`);
      input.addEventListener("change", () => {
        const [file] = input.files;
        input.value = "";
        if (file) actions[input.dataset.does](file);
      });
    });
    this.element.querySelectorAll("button[data-does]").forEach((button) => {
      button.setAttribute("aria-description", name);
      button.addEventListener("click", () => actions[button.dataset.does]());
    });
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  // A transfer of this page.
  show(transfer) {
    const { state, sent, file } = transfer;
    if (state !== this.state) this.turnTo(state, transfer.sentence, sent, file.size);
    this.paint(sent, file.size, transfer.speed);
  }

  // An upload of another visit or another device.
  remember(upload, state = "remembered", sentence = "") {
    const { offset_bytes: sent, size_bytes: whole } = upload;
    const changed = state !== this.state || sent !== this.sentBefore;
    this.sentBefore = sent;
    if (changed) this.turnTo(state, sentence, sent, whole);
    this.paint(sent, whole, 0);
  }

  turnTo(state, sentence, sent, whole) {
    const values = {
      percent: `${percent(sent, whole)}%`,
      size: size(whole - sent),
      name: this.name,
    };
    this.state = state;
    this.element.dataset.state = state;
    this.element.classList.toggle("upload-card-ri", isRefused(state));
    this.write("line", sentence || fill(this.words.states[state], values));
    this.bowl.classList.toggle("bowl-busy", state === "sending");
    this.bowl.classList.toggle("bowl-full", state === "done");
    this.find("[data-upload-figures]").hidden = state === "done" || isRefused(state);
    this.find("[data-upload-note]").hidden = !["sending", "offline", "paused"].includes(
      state,
    );
    this.offer(ACTIONS[state]);
    this.paintedAt = 0;
  }

  // The focus stays among the buttons when the pressed one goes.
  offer(wanted) {
    const parts = [...this.element.querySelectorAll("[data-action]")];
    const hadFocus = parts.some((part) => part.contains(document.activeElement));
    parts.forEach((part) => {
      part.hidden = !wanted.includes(part.dataset.action);
    });
    const focused = parts.find((part) => part.contains(document.activeElement));
    if (!hadFocus || (focused && !focused.hidden)) return;
    const next = parts.find((part) => !part.hidden);
    if (next) (next.querySelector("input") || next).focus();
  }

  paint(sent, whole, speed) {
    const now = Date.now();
    if (now - this.paintedAt < QUIET_MS && sent < whole) return;
    this.paintedAt = now;
    const filled = percent(sent, whole);
    paintBowl(this.bowl, filled);
    const left = speed > 0 ? duration((whole - sent) / speed, this.words) : "—";
    this.write("sent", size(sent));
    this.write("total", fill(this.words.of, { size: size(whole) }));
    this.write("speed", speed > 0 ? `${size(speed)}/s` : "—");
    this.write("left", left);
    this.write("note-text", fill(this.words.note, { percent: `${filled}%` }));
    this.bowl.setAttribute(
      "aria-valuetext",
      fill(this.words.progress, { percent: `${filled}%`, sent: size(sent), left }),
    );
  }

  write(part, text) {
    const place = this.find(`[data-upload-${part}]`);
    if (place.textContent !== text) place.textContent = text;
  }
}

function isRefused(state) {
  return ["refused", "ended", "signed-out"].includes(state);
}
