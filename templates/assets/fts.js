// The full-text query for what a person types: the rules of openplans/text/segmentation.py, held equal by a test.
import "./folding.js";

const {HAN, isHan, words, pieces, parts} = globalThis.folding;
const UNBROKEN = new RegExp(`^[${HAN}]{4,12}$`, "u");

export function query(typed) {
  return pieces(typed).map(piece).filter(Boolean).join(" AND ") || '""';
}

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
