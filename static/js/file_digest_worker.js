// Works out a file's SHA-256 slice by slice, away from the page: no more than a slice is
// in memory. Gets {file}, posts {done, of} as it goes, then {digest} or {failed}.
import { Sha256 } from "./sha256.js";

const SLICE = 4 * 1024 * 1024;

self.addEventListener("message", async ({ data: { file } }) => {
  const sum = new Sha256();
  try {
    for (let at = 0; at < file.size; at += SLICE) {
      sum.update(new Uint8Array(await file.slice(at, at + SLICE).arrayBuffer()));
      self.postMessage({ done: Math.min(at + SLICE, file.size), of: file.size });
    }
    self.postMessage({ digest: sum.hex() });
  } catch {
    self.postMessage({ failed: true });
  }
});
