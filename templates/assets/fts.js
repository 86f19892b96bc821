// The full-text query for what a person types: the rules of openplans/text/segmentation.py, held equal by a test.
import "./folding.js";

const {HAN, isHan, words, pieces, parts, beginnings} = globalThis.folding;
const UNBROKEN = new RegExp(`^[${HAN}]{4,12}$`, "u");

export function query(typed) {
  return pieces(typed).map(piece).filter(Boolean).join(" AND ") || '""';
}

// The queries to try in turn where that finds nothing: every piece or what it means, then the known parts of every piece,
// then those of any.
const LONGEST = 24, PIECES = 8;
export function* nearly(typed, known, meant) {
  const asked = pieces(typed).slice(0, PIECES);
  const every = asked.map((each) => either(piece(each), meant(each))).filter(Boolean).map((each) => `(${each})`).join(" AND ");
  yield either(every, asked.length > 1 ? meant(asked.join(" ")) : []);
  const found = asked.map((each) => knownParts([...each].slice(0, LONGEST).join(""), known, meant)).filter((some) => some.length);
  yield found.map((some) => `(${some.join(" OR ")})`).join(" AND ");
  yield found.flat().join(" OR ");
}

function knownParts(typed, known, meant) {
  const signs = words(typed), found = [];
  let sum = 0;
  for (let at = 0; at < signs.length; ) {
    let end = signs.length, part = "";
    for (; end > at && !part; end--) {
      if (end - at === 1 && isHan(signs[at])) continue;
      const run = signs.slice(at, end).join(""), asked = either(phrase(run), meant(run));
      if (known(asked)) part = asked;
    }
    const to = part ? end + 1 : at + 1;
    part ||= begun(signs[at], known);
    if (part) { found.push(part); sum += to - at; }
    at = to;
  }
  return 2 * sum >= signs.length ? found : [];
}

const either = (asked, meant) => [asked, ...meant.map(phrase)].filter(Boolean).join(" OR ");

// The longest beginning that something has: kindergarden has kinderga(rten).
const begun = (word, known) => beginnings(word).map(phrase).find(known) ?? "";

function piece(typed) {
  const split = parts(typed);
  if (!split.length || (split.length === 1 && split[0] === typed) || ![...typed].some(isHan)) return halved(typed);
  return `(${halved(typed)} OR (${split.map(halved).join(" AND ")}))`;
}

function halved(typed) {
  const whole = phrase(typed), letters = [...typed];
  if (!UNBROKEN.test(typed)) return whole;
  const halves = letters.slice(2, -1).map((_, at) => `(${phrase(letters.slice(0, at + 2).join(""))} AND ${phrase(letters.slice(at + 2).join(""))})`);
  return `(${[whole, ...halves].join(" OR ")})`;
}

function phrase(typed) {
  const found = words(typed);
  return found.length ? `"${found.join(" ")}"${/^[a-z]{2,}$/.test(found.at(-1)) ? " *" : ""}` : "";
}
