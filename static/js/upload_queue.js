// Three files at once, the rest in line; asks once before much mobile data is used,
// starts again when the network is back, and warns only while bytes are on their way.
import * as network from "./upload_network.js";

const AT_ONCE = 3;
const TICK_MS = 1000;
const TAKES_A_PLACE = new Set(["sending", "offline"]);

export class Queue extends EventTarget {
  constructor() {
    super();
    this.transfers = [];
    this.bytesDone = 0;
    network.whenBack(() => this.wake());
    window.addEventListener("beforeunload", (event) => {
      if (this.isBusy) event.preventDefault();
    });
    setInterval(() => this.tick(), TICK_MS);
  }

  add(transfer) {
    this.transfers.push(transfer);
    transfer.addEventListener("state", () => this.fill());
    transfer.addEventListener("begun", () => this.fill());
    transfer.addEventListener("progress", () => this.changed());
    this.fill();
  }

  remove(transfer) {
    this.transfers = this.transfers.filter((each) => each !== transfer);
    if (transfer.state === "done") this.bytesDone += bytesOf(transfer);
    this.fill();
  }

  agreeToMobileData() {
    network.agreeToMobileData();
    this.fill();
  }

  get isBusy() {
    return this.transfers.some((each) => each.isOnItsWay);
  }

  get unsettled() {
    return this.transfers.filter((each) => each.isUnsettled);
  }

  // Starts what has a place; asks first where it would cost.
  fill() {
    const mayGo = !this.wouldCostMuch();
    for (const each of this.transfers) {
      if (mayGo && ["asking", "later"].includes(each.state)) each.wait();
      if (!mayGo && each.isOnItsWay) each.ask();
    }
    const going = this.transfers.filter((each) => TAKES_A_PLACE.has(each.state));
    const next = this.transfers.find((each) => each.state === "waiting");
    // One after the other begins, as the server keeps files in the order they began.
    const isBeginning = going.some((each) => !each.url);
    if (next && going.length < AT_ONCE && !isBeginning) next.start();
    else this.changed();
  }

  wouldCostMuch() {
    if (!network.isOnMobileData() || network.hasAgreedToMobileData()) return false;
    const wanted = this.unsettled.reduce((sum, each) => sum + bytesOf(each), 0);
    return this.bytesDone + wanted > network.MUCH_MOBILE_DATA;
  }

  wake() {
    this.transfers.forEach((each) => each.wake());
    this.fill();
  }

  tick() {
    this.transfers.forEach((each) => each.checkSilence());
    network.keepAwake(this.isBusy);
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}

function bytesOf(transfer) {
  return transfer.file.size - transfer.beganWith;
}
