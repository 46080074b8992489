// What the network is like, and when it may have come back.
const MIB = 1024 * 1024;
const AGREED = "mobile-data-agreed";
export const MUCH_MOBILE_DATA = 200 * MIB;

// Browsers that do not tell are taken to have a line that costs nothing.
export function isOnMobileData() {
  const line = navigator.connection;
  return Boolean(line && (line.type === "cellular" || line.saveData));
}

// Each request costs the server as much as some megabytes do.
export function chunkSize() {
  return (isOnMobileData() ? 2 : 64) * MIB;
}

// Asked once; the answer holds as long as the tab.
export function hasAgreedToMobileData() {
  return sessionStorage.getItem(AGREED) === "yes";
}

export function agreeToMobileData() {
  sessionStorage.setItem(AGREED, "yes");
}

export function whenBack(callback) {
  window.addEventListener("online", callback);
  window.addEventListener("pageshow", callback);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") callback();
  });
  const line = navigator.connection;
  if (line && line.addEventListener) line.addEventListener("change", callback);
}

let lock = null;

// Keeps the screen on while bytes are on their way, where the browser can.
export async function keepAwake(isWanted) {
  if (!navigator.wakeLock || document.visibilityState !== "visible") return;
  if (!isWanted) {
    const held = lock;
    lock = null;
    if (held) await held.release();
  } else if (!lock) {
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => {
        lock = null;
      });
    } catch (refusal) {
      lock = null; // low battery, or not allowed: the upload goes on all the same
    }
  }
}
