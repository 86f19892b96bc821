// Text cut into the tokens that the search index knows; the same rules as openplans/search/tokens.py, held equal by a test.
// Words and numbers stay whole, Chinese goes in overlapping pairs of characters, the last one marked.
import "./folding.js";

const {isHan, words, runs} = globalThis.folding;
export const {folded, pieces, parts, reckoned, beginnings, signs, ends, numbered, counted} = globalThis.folding;
export const MARK = "ǁ";

export function tokens(text) {
  return runs(text).flatMap((run) => pairs(words(run)));
}

// What a person typed without a blank, as tokens that have to follow each other. The end is open: 养 finds 养老, urban
// finds urbanization, and the beginning of a row's id finds the row, as does the part of it that lists show, t046.
export function typed(piece) {
  if (isId(piece)) return [/^\d/.test(piece) ? tag("id", piece).slice(0, -MARK.length) : tag("row", piece)];
  const found = words(piece), last = found.at(-1) ?? "";
  if (!isHan(last)) return pairs(found);
  return [...pairs(found).slice(0, -1), ...(isHan(found.at(-2) ?? "") ? [] : [last])];
}

export function isId(piece) {
  return /^(\d{6,12}-|[a-z]\d{3,4}$)/.test(piece);
}

// The token that a filter looks for, and the value that it stands for.
export function tag(name, value) {
  return [MARK, name, MARK, value.replace(/[^\p{L}\p{N}]/gu, ""), MARK].join("");
}
export function untag(token) {
  return token.split(MARK)[2];
}

function pairs(found) {
  return found.map((word, at) => (isHan(word) ? word + (isHan(found[at + 1] ?? "") ? found[at + 1] : MARK) : word));
}
