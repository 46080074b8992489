// What an MP4 or MOV says of itself: the boxes around the film, none of its pictures.
// Facts are named as in submissions/media/facts.py; what cannot be told stays out.
import { foreignKind } from "./sniff.js";
import { text, viewOf } from "./window.js";

const MAX_BOXES = 4000;
const MAX_INDEX_BYTES = 64 << 20;
const MAX_SIDE_PX = 32768;
const KNOWN = new Set(
  (
    "ftyp moov mdat free skip wide udta uuid meta moof mfra sidx styp ssix prft emsg " +
    "pdin pnot PICT junk sefd mpvd bloc beam imda"
  ).split(" "),
);
const CODECS = {
  avc1: "h264",
  avc2: "h264",
  avc3: "h264",
  avc4: "h264",
  hvc1: "hevc",
  hev1: "hevc",
  dvh1: "hevc",
  dvhe: "hevc",
  av01: "av1",
  vp08: "vp8",
  vp09: "vp9",
  mp4v: "mpeg4",
  s263: "h263",
  jpeg: "mjpeg",
  "png ": "png",
  apcn: "prores",
  apch: "prores",
  apcs: "prores",
  apco: "prores",
  ap4h: "prores",
};
const STILL = new Set(["mjpeg", "png"]);
const SOUNDS = new Set(
  "mp4a ac-3 ec-3 Opus fLaC alac sowt twos lpcm samr sawb .mp3 in24 in32".split(" "),
);
const CHROMA = ["gray", "yuv420p", "yuv422p", "yuv444p"];

export async function readMp4(window) {
  const { found, places, isWalked } = await walk(window);
  const { moov } = places;
  if (!moov && isWalked) return { ...found, has_header: false, video_stream_count: 0 };
  if (!moov || moov.size > MAX_INDEX_BYTES) return found;
  const movie = readMovie((await window.bytes(moov.at, moov.size)).slice());
  const segments = {};
  for (const { at, size } of places.sidx) {
    Object.assign(segments, readSegments(await window.bytes(at, size)));
  }
  return { ...found, ...describe(movie, segments) };
}

// The top level, box by box, as submissions/media/films/boxes.py walks it.
async function walk(window) {
  const found = { is_fragmented: false, missing_bytes: 0, foreign_kind: "" };
  const places = { moov: null, sidx: [] };
  let at = 0;
  for (let count = 0; at < window.size && count < MAX_BOXES; count += 1) {
    const box = boxAt(await window.bytes(at, 32), window.size - at);
    const fits = at + box.length <= window.size;
    if (!KNOWN.has(box.type) && !(/^[0-9A-Za-z]{4}$/.test(box.type) && fits)) {
      found.foreign_kind = foreignKind(await window.bytes(at, 4096));
      at = window.size;
      break;
    }
    const place = { at: at + box.head, size: box.length - box.head };
    if (box.type === "ftyp") Object.assign(found, await readBrands(window, place));
    if (box.type === "moof") found.is_fragmented = true;
    if (box.type === "moov" && fits) places.moov = places.moov || place;
    if (box.type === "sidx" && fits) places.sidx.push(place);
    at += box.length;
  }
  found.missing_bytes = Math.max(at - window.size, 0);
  return { found, places, isWalked: at >= window.size };
}

// Type, length and head's length; an impossible length makes the type empty.
function boxAt(bytes, left) {
  if (bytes.length < 8) return { type: "", length: 0, head: 8 };
  const view = viewOf(bytes);
  let length = view.getUint32(0);
  let head = 8;
  if (length === 0) length = left;
  else if (length === 1) {
    head = 16;
    length = bytes.length < 16 ? 0 : Number(view.getBigUint64(8));
  }
  return { type: length < head ? "" : text(bytes, 4, 8), length, head };
}

async function readBrands(window, { at, size }) {
  const names = text(await window.bytes(at, Math.min(size, 1024))).match(/[^]{4}/g) || [];
  const compatible = [...new Set(names.slice(2))].sort();
  return { brand: names[0] || "", compatible_brands: compatible };
}

// Boxes inside a box, by type: each a view of its content.
function inside(view, from = 0) {
  const found = {};
  let at = from;
  while (at + 8 <= view.byteLength) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at);
    const box = boxAt(bytes.subarray(0, 16), view.byteLength - at);
    if (!box.type || at + box.length > view.byteLength) break;
    const content = view.byteOffset + at + box.head;
    const part = new DataView(view.buffer, content, box.length - box.head);
    (found[box.type] = found[box.type] || []).push(part);
    at += box.length;
  }
  return found;
}

const first = (boxes, ...path) =>
  path.reduce((at, name) => {
    const found = at && inside(at)[name];
    return found && found[0];
  }, boxes);

function readMovie(bytes) {
  const boxes = inside(viewOf(bytes));
  const head = boxes.mvhd && readTimes(boxes.mvhd[0]);
  const mehd = boxes.mvex && first(boxes.mvex[0], "mehd");
  const whole = mehd && (mehd.getUint8(0) ? long(mehd, 4) : mehd.getUint32(4));
  const tracks = (boxes.trak || []).map((trak) => readTrack(trak, head));
  return { head, tracks, isFragmented: Boolean(boxes.mvex), wholeTime: whole || 0 };
}

const nameAt = (view, at) =>
  text(new Uint8Array(view.buffer, view.byteOffset + at, 4));
const long = (view, at) => Number(view.getBigUint64(at));

// Timescale and duration stand alike in mvhd and mdhd.
function readTimes(view) {
  const isLong = view.getUint8(0) === 1;
  return {
    scale: view.getUint32(isLong ? 20 : 12),
    duration: isLong ? long(view, 24) : view.getUint32(16),
  };
}

function readTrack(trak, movie) {
  const boxes = inside(trak);
  const media = inside(boxes.mdia[0]);
  const table = first(boxes.mdia[0], "minf", "stbl");
  const tables = table ? inside(table) : {};
  const handler = media.hdlr ? nameAt(media.hdlr[0], 8) : "";
  const times = media.mdhd ? readTimes(media.mdhd[0]) : { scale: 0, duration: 0 };
  const edits = boxes.edts && first(boxes.edts[0], "elst");
  return {
    handler,
    ...readTrackHead(boxes.tkhd[0]),
    ...(tables.stsd ? readSample(tables.stsd[0], handler) : { type: "" }),
    samples: countOf(tables.stsz || tables.stz2),
    ...readLength(times, tables.stts, edits, movie),
  };
}

const countOf = (boxes) => (boxes ? boxes[0].getUint32(8) : 0);

function readTrackHead(view) {
  const isLong = view.getUint8(0) === 1;
  const at = isLong ? 52 : 40;
  const [a, b, , c, d] = [0, 4, 8, 12, 16].map((place) => view.getInt32(at + place));
  const turn = Math.atan2(b / Math.hypot(b, d), a / Math.hypot(a, c));
  const degrees = Number.isNaN(turn) ? 0 : (turn * 180) / Math.PI;
  return {
    id: view.getUint32(isLong ? 20 : 12),
    isEnabled: Boolean(view.getUint8(3) & 1),
    rotation: ((Math.round(degrees / 90) * 90) % 360 + 360) % 360,
  };
}

// Seconds the track says it has, and seconds it shows once its edits are applied.
function readLength(times, stts, elst, movie) {
  if (!times.scale) return {};
  const sum = stts ? sumOfTimes(stts[0]) : 0;
  const media = (sum || times.duration) / times.scale;
  const shown = elst && movie && movie.scale ? shownBy(elst, media, movie.scale) : media;
  return { announced: media, shown: shown > 0 ? shown : media };
}

function sumOfTimes(view) {
  let sum = 0;
  const count = Math.min(view.getUint32(4), (view.byteLength - 8) / 8);
  for (let at = 8; at < 8 + Math.floor(count) * 8; at += 8) {
    sum += view.getUint32(at) * view.getUint32(at + 4);
  }
  return sum;
}

function shownBy(elst, media, scale) {
  const isLong = elst.getUint8(0) === 1;
  const step = isLong ? 20 : 12;
  let shown = 0;
  for (let at = 8; at + step <= elst.byteLength; at += step) {
    const length = (isLong ? long(elst, at) : elst.getUint32(at)) / scale;
    const start = isLong ? Number(elst.getBigInt64(at + 8)) : elst.getInt32(at + 4);
    if (start >= 0) shown += length ? Math.min(length, media) : media; // else a pause
  }
  return shown;
}

// The first sample description: its coding, and for a picture its size.
function readSample(stsd, handler) {
  const entry = first(new DataView(stsd.buffer, stsd.byteOffset + 8, stsd.byteLength - 8));
  const described = Object.entries(inside(entry))[0];
  if (!described) return { type: "" };
  const [type, [view]] = described;
  if (handler !== "vide" || view.byteLength < 78) return { type };
  const boxes = inside(view, 78);
  const original = boxes.sinf && first(boxes.sinf[0], "frma");
  return {
    type: original ? nameAt(original, 0) : type,
    isEncrypted: type === "encv",
    coded: [view.getUint16(24), view.getUint16(26)],
    sar: boxes.pasp ? readRatio(boxes.pasp[0]) : "1:1",
    clap: boxes.clap && readAperture(boxes.clap[0]),
    pixelFormat: boxes.avcC ? readAvc(boxes.avcC[0]) : undefined,
  };
}

function readRatio(view) {
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  if (!width || !height) return "1:1";
  const divisor = (a, b) => (b ? divisor(b, a % b) : a);
  const common = divisor(width, height);
  return `${width / common}:${height / common}`;
}

function readAperture(view) {
  const share = (at) => Math.round(view.getUint32(at) / view.getUint32(at + 4));
  return [share(0), share(8)];
}

// Only the high profiles can hold more than eight bits; they say so at the end.
function readAvc(view) {
  if ([66, 77, 88].includes(view.getUint8(1))) return "yuv420p";
  let at = 6;
  const skip = (count) => {
    for (let set = 0; set < count; set += 1) at += 2 + view.getUint16(at);
  };
  skip(view.getUint8(5) & 31);
  at += 1;
  skip(view.getUint8(at - 1));
  if (at + 2 > view.byteLength) return "yuv420p";
  const depth = 8 + (view.getUint8(at + 1) & 7);
  return CHROMA[view.getUint8(at) & 3] + (depth > 8 ? `${depth}le` : "");
}

// Seconds by the segment index of a fragmented film, by track.
function readSegments(bytes) {
  const view = viewOf(bytes);
  const isLong = view.getUint8(0) === 1;
  const at = isLong ? 32 : 24;
  let sum = 0;
  for (let entry = at; entry + 12 <= view.byteLength; entry += 12) {
    sum += view.getUint32(entry + 4);
  }
  return { [view.getUint32(4)]: sum / view.getUint32(8) };
}

function describe({ head, tracks, isFragmented, wholeTime }, segments) {
  const pictures = tracks.filter(
    (track) =>
      track.handler === "vide" && !(STILL.has(CODECS[track.type]) && track.samples <= 1),
  );
  const picture = pictures.find((track) => track.isEnabled) || pictures[0];
  const length = (track) => {
    if (!isFragmented) return track.shown;
    const whole = wholeTime && head ? wholeTime / head.scale : 0;
    return segments[track.id] || whole || undefined;
  };
  return {
    has_header: true,
    video_stream_count: pictures.length,
    ...(picture ? describePicture(picture, length(picture)) : {}),
    ...describeSound(tracks, length),
  };
}

function describePicture(track, length) {
  const facts = {
    codec: CODECS[track.type] || "",
    pixel_format: track.pixelFormat,
    sar: track.sar,
    rotation_deg: track.rotation,
    duration_s: length,
    header_duration_s: track.announced,
  };
  if (track.isEncrypted) facts.frame_count = null;
  if (!track.coded) return facts;
  const [width, height] = track.clap || track.coded;
  const [across, down] = track.sar.split(":").map(Number);
  const shown = [Math.round((width * across) / down), height];
  if (track.rotation % 180) shown.reverse();
  if (shown.some((side) => !(side > 0 && side <= MAX_SIDE_PX))) return facts;
  return {
    ...facts,
    coded_width_px: width,
    coded_height_px: height,
    display_width_px: shown[0],
    display_height_px: shown[1],
  };
}

function describeSound(tracks, length) {
  const sounds = tracks.filter((track) => track.handler === "soun");
  if (!sounds.length) return { has_audio: false };
  const sound = sounds.find((track) => SOUNDS.has(track.type));
  return sound ? { has_audio: true, audio_duration_s: length(sound) } : {};
}
