// Lists that can be sorted and filtered. Everything is in the page already; this only orders and hides its rows.
//
// A list is an element with `data-list`: a table, or anything whose rows have `data-row`. A form with `data-for="<its id>"`
// holds selects and inputs; a row shows if for each of them its attribute data-<name> has the chosen value among its words
// (a text field: if the row's text has what is typed). A header cell with `data-sort` sorts, by each cell's `data-value` or
// its text. What is chosen stands in the address, so that it can be shared. The page's words come with the page.

const collator = new Intl.Collator(document.documentElement.lang || "zh", {numeric: true});

function rowsOf(list) {
  return [...list.querySelectorAll("[data-row]")];
}

function matches(row, field) {
  if (!field.value) return true;
  if (field.type === "search") return row.textContent.toLowerCase().includes(field.value.trim().toLowerCase());
  return (row.dataset[field.name] || "").split(" ").includes(field.value);
}

function filter(list, form, fields) {
  let shown = 0;
  for (const row of rowsOf(list)) {
    row.hidden = !fields.every(field => matches(row, field));
    if (!row.hidden) shown += 1;
  }
  for (const group of list.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-row]:not([hidden])");
  const count = form.querySelector("[data-count]");
  if (count) count.textContent = count.dataset.count.replace("{shown}", shown).replace("{all}", rowsOf(list).length);
  list.hidden = !shown;
  document.querySelector(`[data-empty="${list.id}"]`).hidden = shown > 0;
}

function remember(fields) {
  const address = new URL(location);
  for (const field of fields) {
    if (field.value) address.searchParams.set(field.name, field.value);
    else address.searchParams.delete(field.name);
  }
  history.replaceState(null, "", address);
}

// What the address says; a field it does not name keeps what was chosen before this script had come.
function restore(fields) {
  const chosen = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = chosen.get(field.name) ?? field.value;
    if (field.tagName !== "SELECT" || [...field.options].some(option => option.value === value)) field.value = value;
  }
}

function prepareFilters(form) {
  const list = document.getElementById(form.dataset.for);
  const fields = [...form.elements].filter(each => each.name);
  const show = () => filter(list, form, fields);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", () => { show(); remember(fields); });
  form.addEventListener("reset", () => setTimeout(() => { show(); remember(fields); }));
  restore(fields);
  remember(fields);
  form.dataset.ready = "";
  show();
  const target = document.querySelector(":target");
  if (target) target.scrollIntoView();
}

function compare(a, b) {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) ? collator.compare(a, b) : difference;
}

function sort(table, header, descending) {
  const column = header.cellIndex;
  const value = row => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const sign = descending ? -1 : 1;
  const rows = rowsOf(table).map(row => [value(row), row]);
  // A row without a value stands last in either order.
  rows.sort(([a], [b]) => (a === "") - (b === "") || sign * compare(a, b));
  table.tBodies[0].append(...rows.map(([, row]) => row));
  for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", descending ? "descending" : "ascending");
}

// `sort` in the address: the name of the column, with - before it where the order is reversed.
function prepareSorting(table) {
  const asked = new URLSearchParams(location.search).get("sort") ?? "", first = rowsOf(table);
  for (const header of table.querySelectorAll("th[data-sort]")) {
    const name = header.textContent.trim(), button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const descending = header.getAttribute("aria-sort") === "ascending", address = new URL(location);
      sort(table, header, descending);
      address.searchParams.set("sort", (descending ? "-" : "") + name);
      history.replaceState(null, "", address);
    });
    if (asked.replace(/^-/, "") === name) sort(table, header, asked.startsWith("-"));
  }
  document.querySelector(`form[data-for="${table.id}"]`)?.addEventListener("reset", () => {
    const address = new URL(location);
    table.tBodies[0].append(...first);
    for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
    address.searchParams.delete("sort");
    history.replaceState(null, "", address);
  });
}

document.querySelectorAll("table[data-list]").forEach(prepareSorting);
document.querySelectorAll("form[data-for]").forEach(prepareFilters);
