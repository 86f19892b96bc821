// Text cut into the tokens that the search index knows; the same rules as openplans/search/records.py, held equal by a test.
// Words and numbers stay whole, Chinese goes in overlapping pairs of characters, the last one marked.
const HAN = "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const ONE = new RegExp(`^[${HAN}]$`, "u");
const WORD = new RegExp(`[${HAN}]|(?:(?![${HAN}])[\\p{L}\\p{N}])+`, "gu");
export const MARK = "ǁ";

export function tokens(text) {
  return pairs(words(text));
}

// What a person typed without a blank, as tokens that have to follow each other. The end is open: 养 finds 养老, urban
// finds urbanization, and the beginning of a row's id finds the row.
export function typed(piece) {
  if (/^\d{6}-/.test(piece)) return [tag("id", piece.toLowerCase()).slice(0, -MARK.length)];
  const found = words(piece), last = found.at(-1) ?? "";
  if (!ONE.test(last)) return pairs(found);
  return [...pairs(found).slice(0, -1), ...(ONE.test(found.at(-2) ?? "") ? [] : [last])];
}

// The token that a filter looks for, and the value that it stands for.
export function tag(name, value) {
  return [MARK, name, MARK, value.replace(/[^\p{L}\p{N}]/gu, ""), MARK].join("");
}
export function untag(token) {
  return token.split(MARK)[2];
}

function words(text) {
  return text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
}
function pairs(found) {
  return found.map((word, at) => (ONE.test(word) ? word + (ONE.test(found[at + 1] ?? "") ? found[at + 1] : MARK) : word));
}
