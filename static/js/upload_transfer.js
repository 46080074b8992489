// One file on its way to the server, from choosing it until it is stored. Built on
// tus-js-client; goes on from the server's offset after whatever happened, and asks the
// server for the truth before it says that something went wrong.
//
// States: waiting, asking (may mobile data be used?), later (once there is Wi-Fi),
// sending, paused, offline (tries again by itself), finishing (all bytes arrived), done,
// refused, ended (by somebody else), signed-out, stopped.
import { fingerprintOf, isSameFile } from "./upload_fingerprint.js";
import { library } from "./upload_library.js";
import { chunkSize } from "./upload_network.js";
import * as server from "./upload_server.js";

const RETRY_MS = [0, 1000, 3000, 5000, 10000, 20000];
const LOOK_MS = 700; // between questions whether an upload has been put away
const SLOWEST_LOOK_MS = 5000;
const SILENT_MS = 30000; // a line that says nothing for so long is taken to be dead
const SPEED_OVER_MS = 6000;
const PASSING = new Set([0, 408, 409, 423, 425, 429, 460]); // worth another try

export class Transfer extends EventTarget {
  constructor({ file, draft, fingerprint, replaces = "", url = "", offset = 0 }) {
    super();
    Object.assign(this, { file, draft, fingerprint, replaces, url });
    this.sent = offset;
    this.beganWith = offset;
    this.state = "waiting";
    this.sentence = "";
    this.run = null;
    this.timer = null;
    this.samples = [];
  }

  static async of(file, { draft, replaces, fingerprint, url, offset }) {
    const known = fingerprint || (await fingerprintOf(file, draft));
    return new Transfer({ file, draft, replaces, fingerprint: known, url, offset });
  }

  // --- What somebody or the queue wants -------------------------------------
  start() {
    this.to("sending");
    this.attempt();
  }

  wait() {
    this.halt();
    this.to("waiting");
  }

  pause() {
    this.halt();
    this.to("paused");
  }

  ask() {
    this.halt();
    this.to("asking");
  }

  // The network may be back: try now instead of at the next turn.
  wake() {
    if (this.state === "offline") this.attempt();
  }

  restart() {
    this.url = "";
    this.sent = this.beganWith = 0;
    this.wait();
  }

  // Gives the upload up, here and on the server.
  async stop() {
    this.halt();
    this.to("stopped");
    const address = this.url || (await this.onServer());
    if (address) await server.terminate(address);
  }

  checkSilence() {
    if (this.state === "sending" && Date.now() - this.heardAt > SILENT_MS) {
      this.to("offline");
      this.attempt();
    }
  }

  // --- Sending ----------------------------------------------------------------
  async attempt() {
    this.halt();
    this.heardAt = Date.now();
    this.samples = [];
    const turn = (this.turn = Symbol("attempt"));
    let tus;
    try {
      tus = await library();
      this.url = this.url || (await this.onServer());
    } catch (error) {
      if (turn === this.turn) this.tryLater();
      return;
    }
    if (turn === this.turn) this.send(tus);
  }

  // An upload that began although its answer was lost on the way.
  async onServer() {
    const uploads = await server.uploadsOf(this.draft);
    const found = uploads.find(
      (each) =>
        ["receiving", "finishing"].includes(each.state) &&
        isSameFile(each.fingerprint || "", this.fingerprint),
    );
    return found ? server.pathOf(found.url) : "";
  }

  send(tus) {
    const turn = this.turn;
    const mine = (handle) => (value) => turn === this.turn && handle(value);
    const run = new tus.Upload(this.file, {
      // Only the first request may create one: what is unknown later is asked for.
      endpoint: this.url ? null : server.ENDPOINT,
      uploadUrl: this.url || null,
      chunkSize: chunkSize(),
      retryDelays: RETRY_MS,
      storeFingerprintForResuming: false,
      metadata: this.metadata(),
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", server.token()),
      onUploadUrlAvailable: () => {
        this.url = server.pathOf(run.url);
        run.options.endpoint = null;
        this.dispatchEvent(new Event("begun"));
      },
      onShouldRetry: (error) => turn === this.turn && this.shallRetry(error),
      onProgress: mine((sent) => this.progress(sent)),
      onSuccess: mine(() => this.arrived()),
      onError: mine((error) => this.broke(error)),
    });
    this.run = run;
    run.start();
  }

  metadata() {
    const known = {
      filename: this.file.name,
      submission: this.draft,
      purpose: "file",
      fingerprint: this.fingerprint,
    };
    return this.replaces ? { ...known, replaces: this.replaces } : known;
  }

  // Ends what is under way here; the server keeps what it has.
  halt() {
    this.turn = null;
    clearTimeout(this.timer);
    if (this.run) this.run.abort();
    this.run = null;
  }

  shallRetry(error) {
    const again = Boolean(this.url) && isPassing(statusOf(error));
    if (again) this.to("offline");
    return again;
  }

  broke(error) {
    const status = statusOf(error);
    const sentence = sentenceOf(error);
    if (status === 401) this.refuse("signed-out", "");
    else if (this.url) this.look(isPassing(status) ? "" : sentence);
    else if (status >= 400 && status < 500) this.refuse("refused", sentence);
    else this.tryLater();
  }

  tryLater() {
    this.to("offline");
    this.timer = setTimeout(() => this.attempt(), RETRY_MS[RETRY_MS.length - 1]);
  }

  // --- What the server says ---------------------------------------------------
  arrived() {
    this.sent = this.file.size;
    this.to("finishing");
    this.look();
  }

  // Asks what has become of it; `sentence` is why the last request was refused.
  async look(sentence = "", pause = LOOK_MS) {
    const turn = this.turn;
    let told;
    try {
      told = await server.uploadAt(this.url);
    } catch (error) {
      if (turn !== this.turn) return;
      if (this.state === "finishing") this.lookAgain(pause);
      else this.tryLater();
      return;
    }
    if (turn === this.turn) this.hear(told, sentence, pause);
  }

  lookAgain(pause) {
    const next = Math.min(1.5 * pause, SLOWEST_LOOK_MS);
    this.timer = setTimeout(() => this.look("", next), pause);
  }

  hear(told, sentence, pause) {
    const state = told ? told.state : "ended";
    if (state === "finished") this.to("done");
    else if (state === "refused") this.refuse("refused", told.detail);
    else if (state === "ended") this.refuse("ended", "");
    else if (state === "finishing" || told.offset_bytes === this.file.size) {
      this.sent = this.file.size;
      this.to("finishing");
      this.lookAgain(pause);
    } else if (sentence) this.refuse("refused", sentence);
    else this.tryLater();
  }

  refuse(state, sentence) {
    this.halt();
    this.sentence = sentence;
    this.to(state);
  }

  // --- How far it is ------------------------------------------------------------
  progress(sent) {
    const now = Date.now();
    this.heardAt = now;
    this.sent = sent;
    this.samples.push([now, sent]);
    while (now - this.samples[0][0] > SPEED_OVER_MS) this.samples.shift();
    if (this.state === "offline") this.to("sending");
    this.dispatchEvent(new Event("progress"));
  }

  get speed() {
    if (this.state !== "sending" || this.samples.length < 2) return 0;
    const [began, first] = this.samples[0];
    const [ended, last] = this.samples[this.samples.length - 1];
    return ended > began ? Math.max(0, (1000 * (last - first)) / (ended - began)) : 0;
  }

  get isOnItsWay() {
    return ["waiting", "sending", "offline"].includes(this.state);
  }

  get isUnsettled() {
    const rests = ["asking", "later", "paused", "finishing"].includes(this.state);
    return this.isOnItsWay || rests;
  }

  to(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}

function statusOf(error) {
  const answer = error.originalResponse;
  return answer ? answer.getStatus() : 0;
}

function isPassing(status) {
  return PASSING.has(status) || status >= 500;
}

function sentenceOf(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).detail || "";
  } catch (notJson) {
    return "";
  }
}
