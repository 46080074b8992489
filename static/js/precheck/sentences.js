// The server's sentences with this device's numbers filled in. `book` is the rule book as
// served; its `words` and `sentences` say everything in every language.
import { fixed, rounded } from "./numbers.js";

const PLACEHOLDER = /%\((\w+)\)s|%%/g;

export function fill(pattern, values) {
  return pattern.replace(PLACEHOLDER, (at, name) => (name ? values[name] : "%"));
}

// A finding of rules.js with everything said about it.
export function tell(book, language, finding) {
  const said = book.sentences[finding.code];
  const params = finding.params || {};
  const forms = (said.variants[params.variant] || said.message)[language];
  const values = {};
  Object.entries(params).forEach(([name, value]) => {
    values[name] = write(book, language, said.params[name], value);
  });
  return {
    code: finding.code,
    severity: finding.severity || said.severity,
    message: fill(formOf(forms, language, params[said.by]), values),
    explanation: said.explanation[language],
    measured: finding.measured === undefined ? null : finding.measured,
    limit: finding.limit === undefined ? null : finding.limit,
    rule: finding.rule || said.rule,
    clause: finding.clause || "",
  };
}

// A sentence of the rule list, by its name.
export function say(book, language, name, values = {}) {
  return fill(formOf(book.words[language].list[name], language, values.count), values);
}

// A sentence not yet translated comes with the forms of its own language.
function formOf(forms, language, count) {
  if (count === undefined) return forms.other;
  if (count === 1 && forms.one) return forms.one;
  return forms[new Intl.PluralRules(language).select(count)] || forms.other;
}

export function write(book, language, kind, value) {
  const writer = WRITERS[kind];
  return writer ? writer(value, book.words[language]) : String(value);
}

const short = (value) => fixed(value, 2).replace(/\.?0+$/, "");
const pair = (pattern, [width, height]) => fill(pattern, { width, height });

const WRITERS = {
  duration,
  pixels: (size, words) => pair(words.pixels, size),
  centimetres: (size, words) =>
    pair(
      words.centimetres,
      size.map((side) => side.toFixed(1)),
    ),
  density: (dpi, words) => fill(words.density, { number: short(dpi) }),
  content_type: (kind, words) => words.content_type[kind],
  number: short,
};

function duration(value, { duration: patterns }) {
  const all = rounded(value * 100);
  const hundredths = all % 100;
  let minutes = Math.floor(all / 6000);
  const rest = Math.floor(all / 100) % 60;
  const hours = Math.floor(minutes / 60);
  if (hours) {
    minutes %= 60;
    return fill(minutes ? patterns.h_min : patterns.h, { hours, minutes });
  }
  const seconds = short(rest + hundredths / 100);
  if (!minutes) return fill(patterns.s, { seconds });
  return fill(rest || hundredths ? patterns.min_s : patterns.min, { minutes, seconds });
}
