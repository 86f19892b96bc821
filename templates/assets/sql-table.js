// A result as a table of the page, and as a CSV file.

const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

// `site`: the way to its `root`, what the file of a page is called in its folder (`index`) and, by the letter of a row's id, where
// a plan lists such rows (`pages`; "": the plan itself), as openplans/routes.py has them; `codes`: the words of codes by the column's title.
export function table({ columns, rows }, caption, shown, { codes, ...site }) {
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
    row.forEach((value, at) => line.append(cell("td", spoken(codes, columns[at], value) ?? linked(value, site), numeric[at])));
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
function linked(value, site) {
  const address = typeof value === "string" ? target(value, site) : null;
  if (!address) return text(value);
  const link = document.createElement("a");
  link.href = address;
  link.textContent = short(value, site);
  return link;
}

function target(value, { root, index, pages }) {
  if (/^https?:\/\/\S+$/.test(value)) return value;
  const [folder, fragment, ...more] = value.split(index);
  if (fragment !== undefined && !more.length && /^[a-z]+(\/[\w-]+)*\/$/.test(folder) && /^(#[\w-]+)?$/.test(fragment)) return root + value;
  const [, plan, letter, number] = value.match(/^(\d{6,12}-[a-z-]+-\d{4}(?:-[a-z]{2,})*)(?:-([a-z])(\d+))?$/) ?? [];
  const page = plan ? pages[letter ?? ""] : null;
  return page ? root + page.replace("{plan}", plan).replace("{row}", letter + number) : null;
}

// An address as it is shown: without the folder of its plan and the name of its file.
function short(value, { index, pages }) {
  const folder = pages[""].replace(index, "").replace("{plan}", "[\\w-]+");
  return value.replace(new RegExp(`^${folder}(?=.)`), "\u2026/").replace(index, "");
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
