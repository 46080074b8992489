// Looks at one file and judges it; fetched once the first file is chosen.
import { checkCount, checkSet, checkSize, judge } from "./rules.js";
import { say, tell, write } from "./sentences.js";
import { HEAD_BYTES, sniff } from "./sniff.js";
import { Window } from "./window.js";

export { checkSet, judge, say, tell, write };

const HASHED_WHOLE_BYTES = 32 << 20;
const END_BYTES = 1 << 20;

// Told by the bytes themselves; anything else is what the file claims, and may be wrong.
const CERTAIN = new Set([
  "FRM-FILE-EMPTY",
  "FRM-FILE-LARGE",
  "VID-CONTAINER-OTHER",
  "IMG-FORMAT-OTHER",
  "IMG-CODING-OTHER",
  "IMG-PIXELS-HUGE",
  "IMG-MODE-CMYK",
  "SET-COUNT-MANY",
  "SET-PAGES-MANY",
  "SET-PHOTOS-MANY",
]);

export async function readFacts(file) {
  const window = new Window(file);
  const content_type = sniff(await window.bytes(0, HEAD_BYTES));
  const facts = { size_bytes: file.size, content_type };
  try {
    return { ...facts, ...(await readKind(window, content_type)) };
  } catch (error) {
    return facts; // boxes that make no sense: the server looks
  }
}

async function readKind(window, kind) {
  if (kind === "jpeg") return (await import("./jpeg.js")).readJpeg(window);
  if (kind !== "mp4" && kind !== "mov") return {};
  return (await import("./mp4.js")).readMp4(window);
}

// A small file by all its bytes, a big one by both ends; nothing without crypto.subtle,
// which browsers offer on safe connections only.
export async function readNames(file) {
  const { subtle } = globalThis.crypto || {};
  const loose = [file.size, file.lastModified, file.name].join("-");
  if (!subtle || !file.size) return { sha256: "", fingerprint: loose };
  if (file.size <= HASHED_WHOLE_BYTES) {
    const sha256 = await hashed(subtle, [file]);
    return { sha256, fingerprint: sha256 };
  }
  const ends = [file.slice(0, END_BYTES), file.slice(-END_BYTES)];
  const parts = [String(file.size), ...ends];
  return { sha256: "", fingerprint: await hashed(subtle, parts) };
}

async function hashed(subtle, parts) {
  const bytes = await new Blob(parts).arrayBuffer();
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The category with what the committee opened for this work.
function categoryOf(book, key, opened = {}) {
  const found = book.categories.find((category) => category.key === key);
  const max_s = opened[key];
  if (max_s === undefined) return found;
  const duration = { ...found.limits.duration, max_s };
  return { ...found, limits: { ...found.limits, duration } };
}

// What the files before it, and its place among them, say about a file.
function amongOthers(facts, before, category) {
  if (before.length >= category.limits.count.max) {
    return checkCount(before.length + 1, category);
  }
  const spelled = (finding) => JSON.stringify(finding);
  const known = checkSet(before, category).map(spelled);
  return checkSet([...before, facts], category).filter(
    (finding) => finding.code !== "SET-COUNT-FEW" && !known.includes(spelled(finding)),
  );
}

export async function look(file, { book, category: key, language, before, opened }) {
  const category = categoryOf(book, key, opened);
  const facts = { ...(await readFacts(file)), ...(await readNames(file)) };
  const found = checkSize(facts, book.defaults);
  if (!found.length) found.push(...judge(facts, category.limits));
  found.push(...amongOthers(facts, before, category));
  const findings = found.map((finding) => ({
    ...tell(book, language, finding),
    certain: CERTAIN.has(finding.code),
  }));
  const errors = findings.filter(({ severity }) => severity === "error");
  return {
    file,
    facts,
    findings,
    lines: linesOf(findings, { facts, category, book, language, count: before.length + 1 }),
    ok: !errors.length,
    mayInsist: errors.length > 0 && errors.every(({ certain }) => !certain),
    better: errors.some(isAboutLength)
      ? betterCategory(facts, { book, language, opened, key })
      : null,
  };
}

const isRefused = ({ severity }) => severity === "error"; // lengths say theirs always
const isAboutLength = ({ code }) => code.startsWith("VID-DUR-");

// Another category of films that takes this length.
function betterCategory(facts, { book, language, opened, key }) {
  const found = book.categories.find((other) => {
    const { limits, media } = categoryOf(book, other.key, opened);
    const takes = () => !judge(facts, limits).some((at) => isAboutLength(at) && isRefused(at));
    return media === "video" && other.key !== key && takes();
  });
  if (!found) return null;
  const duration_s = write(book, language, "duration", Math.round(facts.duration_s));
  const values = { duration_s, category: found.name };
  return {
    category: found.key,
    name: found.name,
    message: say(book, language, "better", values),
    button: say(book, language, "better_button", values),
  };
}

// --- The rule list -----------------------------------------------------------------
// By limit: the worst finding, else what was measured, else that the server looks later.
function linesOf(findings, { facts, category, book, language, count }) {
  const lines = {};
  const names = Object.keys(category.limits).filter((name) => category.limits[name]);
  for (const name of names) {
    const about = findings.filter(({ code }) => book.sentences[code].limits.includes(name));
    const worst = ["error", "warning"]
      .map((severity) => about.find((finding) => finding.severity === severity))
      .find(Boolean);
    const measured = measuredAs(name, facts, { book, language, count });
    if (worst) lines[name] = { state: STATES[worst.severity], text: worst.message };
    else if (measured !== null) lines[name] = { state: "passed", text: measured };
    else lines[name] = { state: "waiting", text: say(book, language, "later") };
  }
  return lines;
}

const STATES = { error: "failed", warning: "advice" };

// What stands beside a line that is passed; null where this device cannot tell.
function measuredAs(name, facts, { book, language, count }) {
  const size = [facts.display_width_px, facts.display_height_px];
  const written = (kind, value) => write(book, language, kind, value);
  if (name === "format") return "";
  if (name === "count") return say(book, language, "count", { count });
  if (name === "duration" && Number.isFinite(facts.duration_s)) {
    return written("duration", facts.duration_s);
  }
  if (name === "density" && facts.dpi_x) return written("density", facts.dpi_x);
  if (name === "colour" && facts.mode) return facts.mode;
  if (!size.every(Boolean)) return null;
  if (name === "pixels" || name === "soft_pixels") return written("pixels", size);
  return name === "aspect" ? "" : null;
}
