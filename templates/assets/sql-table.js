// A result as a table of the page, and as a CSV file.

const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

// `places`: the letter of a row's id -> the page of its plan that lists such rows; `root`: the way to the site's root; `codes`: the
// words of codes by the column's title.
export function table({ columns, rows }, caption, shown, { root, places, codes }) {
  const element = document.createElement("table");
  element.className = "op-table";
  element.createCaption().textContent = caption;
  const numeric = columns.map((_, at) => rows.some((row) => row[at] !== null) && rows.every((row) => row[at] === null || isNumber(row[at])));
  const head = element.createTHead().insertRow();
  columns.forEach((name, at) => head.append(cell("th", name, numeric[at])));
  head.querySelectorAll("th").forEach((each) => (each.scope = "col"));
  const body = element.createTBody();
  for (const row of rows.slice(0, shown)) {
    const line = body.insertRow();
    row.forEach((value, at) => line.append(cell("td", spoken(codes, columns[at], value) ?? linked(value, root, places), numeric[at])));
  }
  return element;
}

// RFC 4180. For Excel with a byte order mark, and an apostrophe before text that would be a formula; without, as it is.
export function csv({ columns, rows }, forExcel) {
  const lines = [columns, ...rows].map((row) => row.map((value) => quoted(forExcel && typeof value === "string" ? harmless(value) : text(value))).join(","));
  return (forExcel ? "\ufeff" : "") + lines.map((line) => line + "\r\n").join("");
}

function cell(tag, content, numeric) {
  const element = document.createElement(tag);
  if (numeric) element.className = "op-num";
  element.append(content);
  return element;
}

// The word for a code, and the code; null where the column has none such.
function spoken(codes, column, value) {
  if (!Object.hasOwn(codes, column) || !Object.hasOwn(codes[column], value)) return null;
  const both = document.createDocumentFragment(), [word, code] = ["span", "small"].map((name) => document.createElement(name));
  word.lang = "zh-CN";
  word.textContent = codes[column][value];
  code.textContent = value;
  both.append(word, " ", code);
  return both;
}

// An address on the site or elsewhere, and the id of a row or a plan, as a link; anything else as text.
function linked(value, root, places) {
  const address = typeof value === "string" ? target(value, root, places) : null;
  if (!address) return text(value);
  const link = document.createElement("a");
  link.href = address;
  link.textContent = value.replace(/^plans\/[\w-]+\/(?=.)/, "\u2026/").replace("index.html", "");
  return link;
}

function target(value, root, places) {
  if (/^https?:\/\/\S+$/.test(value)) return value;
  if (/^[a-z]+(\/[\w-]+)*\/index\.html(#[\w-]+)?$/.test(value)) return root + value;
  const [, plan, letter, number] = value.match(/^(\d{6,12}-[a-z-]+-\d{4}(?:-[a-z]{2,})*)(?:-([a-z])(\d+))?$/) ?? [];
  if (!plan) return null;
  if (!letter) return `${root}plans/${plan}/index.html`;
  return places[letter] ? `${root}plans/${plan}/${places[letter]}/index.html#${letter}${number}` : null;
}

function isNumber(value) {
  return typeof value === "number" || typeof value === "bigint";
}

function text(value) {
  if (value === null) return "";
  return value instanceof Uint8Array ? Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("") : String(value);
}

function harmless(cell) {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

function quoted(cell) {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
