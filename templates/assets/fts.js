// The full-text query for what a person types: the rules of openplans/text/segmentation.py, held equal by a test.
import "./folding.js";

const {HAN, isHan, words, pieces, parts, inFigures, reckoned, beginnings, ends, numbered, counted} = globalThis.folding;
const UNBROKEN = new RegExp(`^[${HAN}]{4,12}$`, "u"), NAME = new RegExp(`^[${HAN}]{3,8}$`, "u");

export function query(typed) {
  return pieces(typed).map(eitherWay).filter(Boolean).join(" AND ") || '""';
}

// The queries to try in turn where that finds nothing: every piece or what it means, then the known parts of every piece,
// then those of any. `called`: the names that a pattern has.
const LONGEST = 24, PIECES = 8;
export function* nearly(typed, known, meant, called) {
  const asked = pieces(typed).slice(0, PIECES).map((each) => printed(each, known));
  const every = asked.map((each) => either(piece(each), [...meant(each), ...called(slips(each, known))])).filter(Boolean).map((each) => `(${each})`).join(" AND ");
  yield either(every, asked.length > 1 ? meant(asked.join(" ")) : []);
  const plain = asked.filter((each) => !numbered(each)), split = plain.flatMap((each) => parts(begin(each)));  // of 2025年要完成什么 only the year
  const found = (split.length ? split : plain).map((each) => knownParts(begin(each), known, meant)).filter((some) => some.length);
  yield found.map((some) => `(${some.join(" OR ")})`).join(" AND ");
  yield found.flat().join(" OR ");
}

// Whether what is typed has a number of its own: 450.11, 89条.
export const counts = (typed) => pieces(typed).some(counted);

// A piece, its numbers in figures where nobody writes them as they were typed.
const printed = (piece, known) => (reckoned(piece) === piece || known(phrase(piece)) ? piece : reckoned(piece));

const begin = (typed) => [...typed].slice(0, LONGEST).join("");

// The patterns of a name that may be typed with one character wrong: 教?局 of 教玉局, where nobody writes 教玉 or 玉局.
function slips(typed, known) {
  if (!NAME.test(typed)) return [];
  const signs = [...typed], strange = signs.slice(1).map((sign, at) => !known(phrase(signs[at] + sign)));
  const wrong = (at) => strange.slice(Math.max(0, at - 1), at + 1).every(Boolean);
  return signs.map((_, at) => (wrong(at) ? [...signs.slice(0, at), "?", ...signs.slice(at + 1)].join("") : "")).filter(Boolean);
}

function knownParts(typed, known, meant) {
  const signs = words(typed), found = [];
  let sum = 0;
  for (let at = 0; at < signs.length; ) {
    let to = at + 1, part = "";
    for (const end of ends(signs, at)) {
      const run = signs.slice(at, end).join(""), asked = either(phrase(run), meant(run));
      if (known(asked)) { [to, part] = [end, asked]; break; }
    }
    part ||= begun(signs[at], known);
    if (part) { found.push(part); sum += to - at; }
    at = to;
  }
  return 2 * sum >= signs.length ? found : [];
}

const either = (asked, meant) => [asked, ...meant.map(phrase)].filter(Boolean).join(" OR ");

// The longest beginning that something has: kindergarden has kinderga(rten).
const begun = (word, known) => beginnings(word).map(phrase).find(known) ?? "";

// As it was typed, or with its numbers in figures.
function eitherWay(typed) {
  const figures = inFigures(typed);
  return figures === typed ? piece(typed) : `(${piece(typed)} OR ${phrase(figures)})`;
}

function piece(typed) {
  const split = parts(typed);
  if (!split.length || (split.length === 1 && split[0] === typed) || ![...typed].some(isHan)) return halved(typed);
  const joined = split.length > 1 ? [halved(split.join(""))] : [];
  return `(${[halved(typed), ...joined, `(${split.map(halved).join(" AND ")})`].join(" OR ")})`;
}

function halved(typed) {
  const whole = phrase(typed), letters = [...typed];
  if (!UNBROKEN.test(typed)) return whole;
  const halves = letters.slice(2, -1).map((_, at) => `(${phrase(letters.slice(0, at + 2).join(""))} AND ${phrase(letters.slice(at + 2).join(""))})`);
  return `(${[whole, ...halves].join(" OR ")})`;
}

function phrase(typed) {
  const found = words(typed);
  if (found.length === 2 && found.every(isHan)) return `("${found.join(" ")}" NOT "ǁ${found.join("")}")`;
  return found.length ? `"${found.join(" ")}"${/^[a-z]{2,}$/.test(found.at(-1)) ? " *" : ""}` : "";
}
