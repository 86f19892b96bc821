// The full-text query for what a person types: the rules of openplans/text/segmentation.py, held equal by a test.
const HAN = "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const WORD = new RegExp(`[${HAN}]|(?:(?![${HAN}])[\\p{L}\\p{N}])+`, "gu");
const UNBROKEN = new RegExp(`^[${HAN}]{4,12}$`, "u");

export function query(typed) {
  const pieces = typed.normalize("NFKC").split(/\s+/).map(piece);
  return pieces.filter(Boolean).join(" AND ") || '""';
}

function piece(typed) {
  const whole = phrase(typed), letters = [...typed];
  if (!UNBROKEN.test(typed)) return whole;
  const halves = letters.slice(2, -1).map((_, at) => `(${phrase(letters.slice(0, at + 2).join(""))} AND ${phrase(letters.slice(at + 2).join(""))})`);
  return `(${[whole, ...halves].join(" OR ")})`;
}

function phrase(typed) {
  const found = typed.normalize("NFKC").toLowerCase().replaceAll("\u00df", "ss").match(WORD);
  return found ? `"${found.join(" ")}"${/^[a-z]+$/.test(found.at(-1)) ? " *" : ""}` : "";
}
