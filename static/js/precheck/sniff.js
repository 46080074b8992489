// What a file is by its first bytes; the same table as submissions/media/content_type.py.
import { text } from "./window.js";

export const HEAD_BYTES = 4096;

const words = (line) => new Set(line.split(" "));
const MP4_BRANDS = words(
  "isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 isoa isob isoc mp41 mp42 mp71 " +
    "avc1 avc2 avc3 hvc1 hev1 av01 vp09 dash msdh msix mmp4 cmfc cmf2 cmff " +
    "MSNV NDSC NDSH NDSM NDSP NDSS NDXC NDXH NDXM NDXP NDXS XAVC CAEP nvr1 piff",
);
const M4V_BRANDS = new Set(["M4V ", "M4VH", "M4VP"]);
const SOUND_BRANDS = new Set(["M4A ", "M4B ", "M4P ", "F4A ", "F4B "]);
const HEIC_BRANDS = words("heic heix heim heis hevc hevx hevm hevs mif1 msf1");
const AVIF_BRANDS = words("avif avis");
const FLASH_BRANDS = new Set(["F4V ", "f4v ", "F4P "]);
const WITHOUT_BRAND = words("moov mdat free skip styp moof");
const CAMERAS = ["NIKON", "Canon", "SONY", "PENTAX", "Apple", "Leica", "OLYMPUS"];
const FOREIGN = words("zip archive pdf html svg script program playlist");

const MAGIC = [
  ["\xff\xd8\xff", "jpeg"],
  ["\x89PNG\r\n\x1a\n", "png"],
  ["GIF87a", "gif"],
  ["GIF89a", "gif"],
  ["8BPS", "psd"],
  ["\xff\x0a", "jxl"],
  ["\0\0\0\x0cJXL \r\n\x87\n", "jxl"],
  ["\0\0\0\x0cjP  \r\n\x87\n", "jp2"],
  ["FLV\x01", "flv"],
  ["\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"],
  ["\0\0\x01\xba", "mpeg_ps"],
  ["\0\0\x01\xb3", "mpeg_ps"],
  ["%PDF-", "pdf"],
  ["PK\x03\x04", "zip"],
  ["PK\x05\x06", "zip"],
  ["Rar!\x1a\x07", "archive"],
  ["7z\xbc\xaf\x27\x1c", "archive"],
  ["\x1f\x8b", "archive"],
  ["BZh", "archive"],
  ["\xfd7zXZ\0", "archive"],
  ["\x7fELF", "program"],
  ["MZ", "program"],
  ["ID3", "audio"],
  ["OggS", "audio"],
  ["fLaC", "audio"],
  ["#!AMR", "audio"],
  ["#EXTM3U", "playlist"],
  ["[playlist]", "playlist"],
  ["ffconcat version", "playlist"],
  ["#!", "script"],
  ["<?php", "script"],
  ["BM", "bmp"],
  ["FUJIFILMCCD-RAW", "raw"],
  ["IIRO", "raw"],
  ["IIU\0", "raw"],
];

export function sniff(bytes) {
  const head = text(bytes.subarray(0, HEAD_BYTES));
  if (!head) return "empty";
  const box = head.slice(4, 8);
  if (box === "ftyp") return byBrand(head.slice(8, 12), compatibleBrands(head));
  if (box === "wide" || box === "pnot") return "mov";
  if (WITHOUT_BRAND.has(box)) return "mp4";
  return byMagic(head) || byText(head) || "unknown";
}

// Whether the brands say MP4 clearly; 3GP does so by a compatible MP4 brand.
export function hasMp4Brand(major, compatible) {
  return (
    MP4_BRANDS.has(major) ||
    M4V_BRANDS.has(major) ||
    compatible.some((brand) => MP4_BRANDS.has(brand))
  );
}

// The kind of foreign content that bytes behind a film begin with, else "".
export function foreignKind(bytes) {
  let at = 0;
  while (at < bytes.length && [0, 10, 13, 32].includes(bytes[at])) at += 1;
  const kind = sniff(bytes.subarray(at));
  return FOREIGN.has(kind) ? kind : "";
}

function compatibleBrands(head) {
  const length = [...head.slice(0, 4)].reduce((sum, at) => sum * 256 + at.charCodeAt(), 0);
  const brands = [];
  for (let at = 16; at + 4 <= Math.min(length, head.length); at += 4) {
    brands.push(head.slice(at, at + 4));
  }
  return brands;
}

function byBrand(major, compatible) {
  if (major === "qt  ") return "mov";
  const isAvif = major === "mif1" && compatible.some((brand) => AVIF_BRANDS.has(brand));
  if (AVIF_BRANDS.has(major) || isAvif) return "avif";
  if (HEIC_BRANDS.has(major)) return "heic";
  if (SOUND_BRANDS.has(major)) return "audio";
  if (major === "crx ") return "raw";
  if (FLASH_BRANDS.has(major)) return "flv";
  return "mp4";
}

function byMagic(head) {
  const four = head.slice(0, 4);
  if (four === "II*\0" || four === "MM\0*") return isCameraRaw(head) ? "raw" : "tiff";
  if (four === "RIFF") return { WEBP: "webp", "AVI ": "avi" }[head.slice(8, 12)] || "audio";
  if (four === "\x1a\x45\xdf\xa3") {
    return head.slice(0, 64).includes("webm") ? "webm" : "mkv";
  }
  if (head[0] === "G" && head[188] === "G") return "mpeg_ts";
  if (head.slice(257, 262) === "ustar") return "archive";
  const found = MAGIC.find(([magic]) => head.startsWith(magic));
  return found && found[1];
}

function isCameraRaw(head) {
  return head.slice(8, 10) === "CR" || CAMERAS.some((maker) => head.includes(maker));
}

function byText(head) {
  const lower = head.replace(/^[\xef\xbb\xbf \t\r\n]+/, "").toLowerCase();
  const starts = (...beginnings) => beginnings.some((each) => lower.startsWith(each));
  if (starts("<!doctype html", "<html", "<head", "<body", "<script")) return "html";
  if (starts("<svg") || (starts("<?xml") && lower.includes("<svg"))) return "svg";
  if (starts("<?xml")) return lower.includes("<html") ? "html" : "xml";
  if (starts("#extm3u", "[playlist]", "ffconcat")) return "playlist";
  return starts("<!--", "<!doctype") && lower.includes("<html") ? "html" : "";
}
