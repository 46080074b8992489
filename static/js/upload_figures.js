// Numbers as people read them; the words around them are the server's.
const UNITS = ["B", "KB", "MB", "GB"];

export function fill(words, values) {
  return words.replace(/%\((\w+)\)s/g, (_whole, name) => values[name]);
}

export function size(bytes) {
  let at = 0;
  while (bytes >= 1024 && at < UNITS.length - 1) {
    bytes /= 1024;
    at += 1;
  }
  const places = at === 3 ? 2 : at === 2 && bytes < 100 ? 1 : 0;
  return `${bytes.toFixed(places)} ${UNITS[at]}`;
}

export function duration(seconds, words) {
  const whole = Math.max(1, Math.ceil(seconds));
  const parts = {
    hours: Math.floor(whole / 3600),
    minutes: Math.floor((whole % 3600) / 60),
    seconds: whole % 60,
  };
  if (parts.hours) return fill(words.hours, parts);
  return fill(parts.minutes ? words.minutes : words.seconds, parts);
}

export function percent(part, whole) {
  return whole ? Math.floor((100 * part) / whole) : 0;
}
