// What the head of a JPEG says, segment by segment up to its first scan.
// Facts are named as in submissions/media/facts.py; what cannot be told stays out.
import { rounded } from "./numbers.js";
import { text, viewOf } from "./window.js";

const MAX_SEGMENTS = 2000;
const MAX_PIXELS = 300e6;
const MAX_COEFFICIENT_BYTES = 384 * 2 ** 20;
const SEARCHED_BYTES = 1 << 15;
const SOS = 0xda;
const EOI = 0xd9;
const CODINGS = { 0xc0: "baseline", 0xc1: "extended", 0xc2: "progressive", 0xc3: "lossless" };
for (const marker of [0xc9, 0xca, 0xcb]) CODINGS[marker] = "arithmetic";
for (const marker of [0xc5, 0xc6, 0xc7, 0xcd, 0xce, 0xcf]) CODINGS[marker] = "hierarchical";
const INCH_PER_CM = 2.54;
const EXIF = { orientation: 0x112, x: 0x11a, y: 0x11b, unit: 0x128 };

export async function readJpeg(window) {
  const found = { sampling: [], jfif: null, photoshop: null, exif: {} };
  let at = 2;
  for (let count = 0; count < MAX_SEGMENTS; count += 1) {
    const next = await segmentAt(window, at);
    if (next.isUnknown) return {};
    if (next.marker === SOS) return describe(found);
    if (!next.length) return { coding: found.coding || "", is_decodable: false };
    const body = await window.bytes(next.at + 2, next.length - 2);
    if (body.length) read(found, next.marker, body);
    at = next.at + next.length;
  }
  return {};
}

// The next marker, where its length stands, and the length; 0 when the data end first.
async function segmentAt(window, from) {
  const bytes = await window.bytes(from, SEARCHED_BYTES);
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    const marker = bytes[at + 1];
    const isMarker = bytes[at] === 0xff && marker !== 0 && marker !== 0xff;
    if (!isMarker || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    const length = bytes[at + 2] * 256 + bytes[at + 3];
    const fits = length >= 2 && from + at + 2 + length <= window.size;
    return { marker, at: from + at + 2, length: fits && marker !== EOI ? length : 0 };
  }
  return { isUnknown: from + bytes.length < window.size, length: 0 };
}

function read(found, marker, body) {
  if (CODINGS[marker] && !found.coding) readFrame(found, CODINGS[marker], body);
  else if (marker === 0xe0 && !found.jfif) readJfif(found, body);
  else if (marker === 0xe1 && text(body, 0, 6) === "Exif\0\0" && !found.hasExif) {
    found.hasExif = true;
    found.exif = readExif(body.slice(6));
  } else if (marker === 0xed) readPhotoshop(found, body);
  else if (marker === 0xee && text(body, 0, 5) === "Adobe" && body.length >= 12) {
    found.transform = body[11];
  }
}

function readFrame(found, coding, body) {
  if (body.length < 6) return;
  const view = viewOf(body);
  Object.assign(found, { coding, precision: body[0] });
  Object.assign(found, { height: view.getUint16(1), width: view.getUint16(3) });
  for (let at = 7; at < Math.min(6 + 3 * body[5], body.length); at += 3) {
    found.sampling.push([body[at] >> 4, body[at] & 15]);
  }
}

function readJfif(found, body) {
  if (text(body, 0, 5) !== "JFIF\0" || body.length < 12) return;
  const view = viewOf(body);
  const factor = { 1: 1, 2: INCH_PER_CM }[body[7]];
  found.jfif = factor ? [view.getUint16(8) * factor, view.getUint16(10) * factor] : [];
}

// Photoshop's ResolutionInfo: 16.16 fixed point, always per inch.
function readPhotoshop(found, body) {
  if (text(body, 0, 14) !== "Photoshop 3.0\0") return;
  const at = text(body, 0, Math.min(body.length, 60000)).indexOf("8BIM\x03\xed");
  if (at < 0 || at + 6 >= body.length) return;
  const start = at + 6 + Math.floor((body[at + 6] + 2) / 2) * 2 + 4;
  if (start + 16 > body.length) return;
  const view = viewOf(body);
  found.photoshop = [view.getUint32(start) / 65536, view.getUint32(start + 8) / 65536];
}

// The first directory only; what makes no sense is as good as absent.
function readExif(bytes) {
  try {
    const view = viewOf(bytes);
    const little = text(bytes, 0, 2) === "II";
    const whole = (at) => view.getUint32(at, little);
    const ratio = (at) => whole(at) / whole(at + 4);
    const tags = {};
    const start = whole(4);
    const count = view.getUint16(start, little);
    for (let at = start + 2; at < start + 2 + 12 * count; at += 12) {
      const kind = view.getUint16(at + 2, little);
      if (kind === 3) tags[view.getUint16(at, little)] = view.getUint16(at + 8, little);
      if (kind === 5) tags[view.getUint16(at, little)] = ratio(whole(at + 8));
    }
    const { [EXIF.unit]: unit = 2, [EXIF.x]: x, [EXIF.y]: y } = tags;
    const factor = { 2: 1, 3: INCH_PER_CM }[unit];
    return { orientation: tags[EXIF.orientation], dpi: factor && [x * factor, y * factor] };
  } catch (error) {
    return {};
  }
}

function describe(found) {
  const { width, height, coding } = found;
  if (!coding) return { coding: "", is_decodable: false };
  const { orientation } = found.exif;
  const turned = orientation >= 5 && orientation <= 8;
  return {
    width_px: width || undefined,
    height_px: height || undefined,
    display_width_px: (turned ? height : width) || undefined,
    display_height_px: (turned ? width : height) || undefined,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    coding,
    precision_bits: found.precision,
    mode: modeOf(found),
    is_too_big: isTooBig(found),
    ...density(found),
  };
}

function modeOf({ sampling, transform }) {
  if (sampling.length === 4) return transform === 2 ? "YCCK" : "CMYK";
  return { 1: "L", 3: "RGB" }[sampling.length] || "";
}

// A progressive picture needs all of its coefficients at once.
function isTooBig({ width, height, coding, sampling }) {
  if (width * height > MAX_PIXELS) return true;
  if (coding !== "progressive") return false;
  const most = [0, 1].map((side) => Math.max(...sampling.map((at) => at[side])) || 1);
  const shares = sampling.map(([h, v]) => (h * v) / (most[0] * most[1]));
  const bytes = 2 * width * height * shares.reduce((sum, share) => sum + share, 0);
  return Math.floor(bytes) > MAX_COEFFICIENT_BYTES;
}

// Dots per inch from wherever the file says so; JFIF first, as printers read it.
function density({ jfif, exif, photoshop }) {
  const known = Object.entries({ jfif, exif: exif.dpi, photoshop }).filter(
    ([, dpi]) => dpi && dpi.length && dpi.every((side) => side > 0 && side < 1e6),
  );
  if (!known.length) return { dpi_x: null, dpi_y: null };
  const sides = known.map(([source, dpi]) => [source, dpi.map((side) => rounded(side, 2))]);
  const [source, [x, y]] = sides[0];
  const others = sides.filter(([, dpi]) => Math.abs(dpi[0] - x) > 1);
  return {
    dpi_x: x,
    dpi_y: y,
    dpi_source: source,
    dpi_others: others.length
      ? Object.fromEntries(others.map(([name, dpi]) => [name, dpi[0]]))
      : null,
  };
}
