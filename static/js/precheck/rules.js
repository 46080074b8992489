// The rules of submissions/media/rules, as far as a browser knows the facts: the same
// codes, severities and numbers. A fact that is missing is left to the server.
import { hasMp4Brand } from "./sniff.js";
import { rounded } from "./numbers.js";

const MEGABYTE = 1024 * 1024;
const SOUND_OVERHANG_S = 1;
const NEAR_THE_LIMIT_S = 2;
const UNEQUAL_SHARE = 0.01;
const CM_PER_INCH = 2.54;
const CODINGS = ["baseline", "extended", "progressive", "arithmetic"];

// What holds whatever the file may be; the rest of the limits is not asked for then.
export function checkSize(facts, defaults) {
  if (facts.size_bytes === 0) return [{ code: "FRM-FILE-EMPTY", measured: 0 }];
  const limit = defaults.max_file_mb;
  if (facts.size_bytes <= limit * MEGABYTE) return [];
  return [{ code: "FRM-FILE-LARGE", params: { limit } }];
}

export function judge(facts, limits) {
  if (facts.size_bytes === 0) return checkSize(facts);
  const { container } = limits.format;
  const found = container === "mp4" ? film(facts, limits) : picture(facts, limits);
  return found.filter(Boolean);
}

const cited = (limit) => ({ rule: limit.rule, clause: limit.clause });

function checkFormat(facts, limits, { code, kind, variants }) {
  if (facts.content_type === kind) return null;
  const params = { found_type: facts.content_type };
  const variant = variants[facts.content_type];
  if (variant) params.variant = variant;
  const limit = limits.format.container;
  return { code, measured: facts.content_type, limit, params, ...cited(limits.format) };
}

// --- Films ---------------------------------------------------------------------
const VIDEO = {
  code: "VID-CONTAINER-OTHER",
  kind: "mp4",
  variants: { mov: "mov", jpeg: "picture", png: "picture", heic: "picture" },
};

function film(facts, limits) {
  const format = checkFormat(facts, limits, VIDEO);
  if (!["mp4", "mov"].includes(facts.content_type)) return [format];
  const first = [format, checkBrand(facts, limits), ...checkStreams(facts)];
  if (first.some((finding) => /DAMAGED|TRUNCATED|NONE/.test(finding && finding.code))) {
    return first;
  }
  return [
    ...first,
    checkForeign(facts),
    ...checkLength(facts, limits.duration),
    checkPixels(facts, limits.pixels),
    checkPixelShape(facts, limits.pixels),
    checkCoding(facts),
    ...checkSound(facts, limits),
  ];
}

function checkBrand(facts, limits) {
  if (facts.content_type !== "mp4" || facts.brand === undefined) return null;
  if (hasMp4Brand(facts.brand, facts.compatible_brands || [])) return null;
  const limit = limits.format.container;
  const measured = facts.brand;
  return { code: "VID-CONTAINER-BRAND", measured, limit, ...cited(limits.format) };
}

function checkStreams(facts) {
  const count = facts.video_stream_count;
  if (count === 0) {
    if (facts.missing_bytes) return [{ code: "VID-DATA-TRUNCATED" }];
    return [{ code: facts.has_header ? "VID-STREAM-NONE" : "VID-DATA-DAMAGED" }];
  }
  if (facts.frame_count === null) {
    return [{ code: "VID-CODEC-UNKNOWN", measured: facts.codec || null }];
  }
  if (!(count > 1)) return [];
  return [{ code: "VID-STREAM-SEVERAL", measured: count, limit: 1, params: { count } }];
}

function checkForeign({ foreign_kind: kind }) {
  if (!kind) return null;
  return { code: "VID-DATA-FOREIGN", measured: kind, params: { found_type: kind } };
}

function checkLength(facts, limit) {
  const length = facts.duration_s;
  if (!limit || !Number.isFinite(length)) return [];
  const found = [];
  if (limit.max_s != null) {
    const rule = limit.max_rule || limit.rule;
    found.push(beyond("VID-DUR-LONG", length, limit.max_s, limit, rule));
  }
  if (limit.min_s != null) {
    found.push(beyond("VID-DUR-SHORT", length, limit.min_s, limit, limit.rule));
  }
  return found;
}

function beyond(code, length, bound, limit, rule) {
  const isLong = code === "VID-DUR-LONG";
  const over = rounded(isLong ? length - bound : bound - length, 4);
  if (over <= limit.pass_tolerance_s) return null;
  const params = {
    duration_s: rounded(length, over < NEAR_THE_LIMIT_S ? 2 : 0),
    limit_s: bound,
  };
  let severity = "error";
  if (over <= limit.review_tolerance_s) {
    severity = "warning";
    params.variant = "review";
  } else if (limit.waiver && isLong) params.variant = "waiver";
  return { code, severity, measured: length, limit: bound, params, ...cited(limit), rule };
}

const shownSize = (facts) => [facts.display_width_px, facts.display_height_px];
const written = (size) => size.join("x");

function checkPixels(facts, limit) {
  const size = shownSize(facts);
  if (!limit || size.some((side) => side == null)) return null;
  const [short, long] = [Math.min(...size), Math.max(...size)];
  const reaches = (share) => [
    short >= limit.short_side_px * share,
    long >= limit.long_side_px * share,
  ];
  const reached = reaches(1).filter(Boolean).length;
  if (reached === 2) return null;
  const isNear = reaches(1 - limit.near_percent / 100).every(Boolean);
  const asked = [limit.long_side_px, limit.short_side_px];
  if (size[0] < size[1]) asked.reverse();
  const smaller = isNear ? "VID-PIXELS-NEAR" : "VID-PIXELS-LOW";
  return {
    code: reached ? "VID-PIXELS-ONESIDE" : smaller,
    measured: written(size),
    limit: written(asked),
    params: { size_px: size, limit_px: asked },
    ...cited(limit),
  };
}

function checkPixelShape(facts, limit) {
  if (!facts.sar || facts.sar === "1:1" || !limit || !facts.display_width_px) return null;
  const coded = [facts.coded_width_px, facts.coded_height_px];
  return {
    code: "VID-PIXELS-ANAMORPHIC",
    measured: facts.sar,
    limit: "1:1",
    params: { coded_px: coded, size_px: shownSize(facts) },
    ...cited(limit),
  };
}

function checkCoding(facts) {
  if (!facts.codec || facts.frame_count === null) return null;
  const isPlain = ["yuv420p", "yuvj420p", "", undefined].includes(facts.pixel_format);
  if (facts.codec === "h264" && isPlain) return null;
  let codec = facts.codec.toUpperCase();
  if (facts.codec === "h264") codec += ` (${facts.pixel_format})`;
  return { code: "VID-CODEC-CONVERT", measured: codec, params: { codec } };
}

function checkSound(facts, limits) {
  if (facts.has_audio === false) return [{ code: "VID-SOUND-NONE" }];
  const [sound, shown] = [facts.audio_duration_s, facts.duration_s];
  if (!sound || !shown || !(rounded(sound - shown, 3) > SOUND_OVERHANG_S)) return [];
  const params = { sound_s: rounded(sound, 1), duration_s: rounded(shown, 1) };
  const rule = limits.duration ? limits.duration.rule : "";
  return [{ code: "VID-SOUND-LONG", measured: sound, limit: shown, params, rule }];
}

// --- Pictures ------------------------------------------------------------------
const IMAGE = {
  code: "IMG-FORMAT-OTHER",
  kind: "jpeg",
  variants: { heic: "heic", mp4: "film", mov: "film" },
};

function picture(facts, limits) {
  const format = checkFormat(facts, limits, IMAGE);
  if (format) return [format];
  const unreadable = checkReadable(facts);
  if (unreadable) return [unreadable];
  return [
    checkMode(facts, limits.colour),
    ...checkDensity(facts, limits.density),
    checkStrip(facts, limits.aspect),
    checkSoftSize(facts, limits.soft_pixels),
  ];
}

function checkReadable(facts) {
  if (facts.is_too_big) {
    const size = [facts.width_px, facts.height_px];
    const measured = written(size);
    return { code: "IMG-PIXELS-HUGE", measured, params: { size_px: size } };
  }
  const { coding, precision_bits: bits } = facts;
  const isRare = !CODINGS.includes(coding) || (bits !== undefined && bits !== 8);
  if (coding && isRare) return { code: "IMG-CODING-OTHER", measured: coding };
  return facts.is_decodable === false ? { code: "IMG-DATA-DAMAGED" } : null;
}

function checkMode({ mode }, limit) {
  if (!limit) return null;
  const rest = { measured: mode, limit: "RGB", ...cited(limit) };
  if (mode === "CMYK" || mode === "YCCK") {
    return { code: "IMG-MODE-CMYK", params: { mode }, ...rest };
  }
  return mode === "L" && limit.grey === "review" ? { code: "IMG-MODE-GREY", ...rest } : null;
}

function checkDensity(facts, limit) {
  const { dpi_x: x, dpi_y: y, dpi_others: others } = facts;
  if (!limit || x === undefined || !facts.width_px || !facts.height_px) return [];
  const rest = { limit: limit.min_dpi, ...cited(limit) };
  const params = { limit_dpi: limit.min_dpi, print_cm: printSize(facts, limit.min_dpi) };
  if (x === null) return [{ code: "IMG-DPI-MISSING", measured: null, params, ...rest }];
  const lower = Math.min(x, y);
  const isEnough = (dpi) => dpi >= limit.accept_from_dpi;
  const found = [];
  const other = Object.values(others || {});
  if (other.some((dpi) => isEnough(dpi) !== isEnough(lower))) {
    const both = { dpi: x, other_dpi: other[0] };
    found.push({ code: "IMG-DPI-CONFLICT", measured: x, params: both, ...rest });
  } else if (!isEnough(lower)) {
    params.dpi = lower;
    found.push({ code: "IMG-DPI-LOW", measured: lower, params, ...rest });
  }
  if (Math.abs(x - y) > UNEQUAL_SHARE * lower) {
    const both = { dpi: x, other_dpi: y };
    found.push({ code: "IMG-DPI-UNEQUAL", measured: x, params: both, ...rest });
  }
  return found;
}

const printSize = (facts, dpi) =>
  shownSize(facts).map((side) => rounded((side / dpi) * CM_PER_INCH, 1));

const sidesOf = (facts) => [facts.width_px || 0, facts.height_px || 0];

function checkStrip(facts, limit) {
  const sides = sidesOf(facts);
  const ratio = Math.max(...sides) / Math.min(...sides);
  if (!limit || !Number.isFinite(ratio) || ratio <= limit.max_ratio) return null;
  return {
    code: "IMG-RATIO-STRIP",
    measured: rounded(ratio, 2),
    limit: limit.max_ratio,
    params: { size_px: shownSize(facts) },
    ...cited(limit),
  };
}

function checkSoftSize(facts, limit) {
  const short = Math.min(...sidesOf(facts));
  if (!limit || !short || short >= limit.min_short_side_px) return null;
  return {
    code: "IMG-PIXELS-LOW",
    measured: short,
    limit: limit.min_short_side_px,
    params: { size_px: shownSize(facts) },
    ...cited(limit),
  };
}

// --- The files of one work together -----------------------------------------------
export function checkSet(files, category) {
  return [
    ...checkCount(files.length, category),
    ...checkSame(files),
    ...checkTotal(files, category),
  ];
}

export function checkCount(count, category) {
  const { count: limit, aspect } = category.limits;
  const about = (code, bound, more = {}) => [
    {
      code,
      measured: count,
      limit: bound,
      ...cited(limit),
      ...more,
      params: { count, limit: bound, ...more.params },
    },
  ];
  const pictures = aspect ? "SET-PAGES-MANY" : "SET-PHOTOS-MANY";
  const many = category.media === "video" ? "SET-COUNT-MANY" : pictures;
  if (count < limit.min) return about("SET-COUNT-FEW", limit.min);
  if (count > limit.max) return about(many, limit.max);
  if (limit.warn_above == null || count <= limit.warn_above) return [];
  const review = { severity: "warning", params: { variant: "review" } };
  return about(many, limit.warn_above, review);
}

// The same bytes: by SHA-256 where it is known, else by the fingerprint.
export function checkSame(files) {
  const counts = new Map();
  files.forEach(({ sha256, fingerprint }) => {
    const name = sha256 || fingerprint;
    if (name) counts.set(name, (counts.get(name) || 0) + 1);
  });
  return [...counts.values()]
    .filter((count) => count > 1)
    .map((count) => ({
      code: "SET-FILES-SAME",
      measured: count,
      limit: 1,
      params: { count },
    }));
}

function checkTotal(files, category) {
  const limit = category.limits.duration;
  const films = files.filter((facts) => ["mp4", "mov"].includes(facts.content_type));
  if (!limit || limit.max_s == null || films.length < 2) return [];
  const total = rounded(
    films.reduce((sum, facts) => sum + (facts.duration_s || 0), 0),
    3,
  );
  if (total <= limit.max_s + limit.pass_tolerance_s) return [];
  return [
    {
      code: "SET-DUR-LONG",
      measured: total,
      limit: limit.max_s,
      params: { duration_s: rounded(total), limit_s: limit.max_s },
      ...cited(limit),
    },
  ];
}
