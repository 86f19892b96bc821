// Lists that can be sorted and filtered. Everything is in the page already; this only orders and hides its rows.
//
// A list is an element with `data-list`: a table, or anything whose rows have `data-row`, in parts with `data-group`. A form
// with `data-for="<its id>"` holds selects and inputs; a row shows if for each of them its attribute data-<name> has the
// chosen value among its words (a text field: if the row's text has what is typed). A header cell with `data-sort` sorts, by
// each cell's `data-value` or its text; a list in parts is one table while it is sorted. What is chosen stands in the
// address, so that it can be shared. The page's words come with the page. No module, so that it runs from a disk as well.
(function () {
  const collator = new Intl.Collator(document.documentElement.lang || "zh", {numeric: true});

  const rowsOf = list => [...list.querySelectorAll("[data-row]")];
  // The address of a page from a disk can't be changed by a script.
  function write(address) {
    try { history.replaceState(null, "", address); } catch { /* the choice holds, it can only not be shared */ }
  }
  // What people type and what documents print, made alike (folding.js), and blanks inside words passed over.
  const {folded, pieces, inFigures, reckoned, has} = globalThis.folding;
  const squeezed = text => folded(text).replace(/\s+/g, "");
  const texts = new WeakMap();
  function textOf(row) {
    if (!texts.has(row)) {
      const copy = row.cloneNode(true);
      for (const each of copy.querySelectorAll(".op-cite, .op-copied, .op-report")) each.remove();
      texts.set(row, squeezed(copy.textContent));
    }
    return texts.get(row);
  }
  function matches(row, field) {
    if (!field.value) return true;
    if (field.type === "search") return pieces(field.value).every(piece => [piece, inFigures(piece), reckoned(piece)].some(each => has(textOf(row), each)));
    return (row.dataset[field.name] || "").split(" ").includes(field.value);
  }

  // The row that the address points into is shown whatever is chosen, and the bar says why.
  const fragment = () => decodeURIComponent(location.hash.slice(1));
  function pointedTo(list) {
    const id = fragment(), found = id && document.getElementById(id);
    return found && list.contains(found) ? found.closest("[data-row]") : null;
  }
  function filter(list, form, fields) {
    const pointed = pointedTo(list);
    let shown = 0, kept = null;
    for (const row of rowsOf(list)) {
      const fits = fields.every(field => matches(row, field));
      if (row === pointed && !fits) kept = row;
      row.hidden = !fits && row !== pointed;
      if (fits) shown += 1;
    }
    for (const group of list.querySelectorAll("[data-group]")) {
      const some = group.querySelector("[data-row]:not([hidden])");
      group.hidden = !some;
      if (some && fields.some(field => field.value) && group.tagName === "DETAILS") group.open = true;
    }
    const count = form.querySelector("[data-count]");
    const said = count.dataset.count.replace("{shown}", shown).replace("{all}", rowsOf(list).length);
    count.textContent = said;
    const chosen = fields.filter(field => field.value).map(field => field.selectedOptions?.[0].textContent ?? `“${field.value}”`);
    for (const each of document.querySelectorAll(`[data-shown="${list.id}"]`)) each.textContent = chosen.length ? `${said}: ${chosen.join(" · ")}` : "";
    list.hidden = !shown && !kept;
    const empty = document.querySelector(`[data-empty="${list.id}"]`), text = fields.find(field => field.type === "search")?.value.trim();
    empty.hidden = shown > 0;
    const search = empty.querySelector("a");
    search.hidden = !text;
    if (text) [search.search, search.textContent] = [new URLSearchParams({q: text}), search.dataset.says.replace("{text}", () => text)];
    for (const each of document.querySelectorAll(`[data-kept="${list.id}"]`)) {
      each.hidden = !kept;
      each.textContent = kept ? each.dataset.says.replace("{row}", `#${fragment()}`) : "";
    }
  }

  function remember(fields) {
    const address = new URL(location);
    for (const field of fields) {
      if (field.value) address.searchParams.set(field.name, field.value);
      else address.searchParams.delete(field.name);
    }
    write(address);
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
    addEventListener("hashchange", show);
    restore(fields);
    remember(fields);
    form.dataset.ready = "";
    show();
    document.dispatchEvent(new Event("listed"));
  }

  function compare(a, b) {
    const difference = Number(a) - Number(b);
    return Number.isNaN(difference) ? collator.compare(a, b) : difference;
  }
  // One table for all rows of a list in parts, with the head of the first part.
  function joined(list) {
    if (list.matches("table")) return list;
    const known = list.querySelector(":scope > table[data-joined]");
    if (known) return known;
    const first = list.querySelector("table"), table = first.cloneNode(false);
    table.dataset.joined = "";
    table.append(first.tHead.cloneNode(true), document.createElement("tbody"));
    list.prepend(table);
    return table;
  }
  function sort(list, name, descending) {
    const table = joined(list), header = [...table.tHead.rows[0].cells].find(each => each.textContent.trim() === name);
    const value = row => row.cells[header.cellIndex].dataset.value ?? row.cells[header.cellIndex].textContent.trim();
    const sign = descending ? -1 : 1;
    const rows = rowsOf(list).map(row => [value(row), row]);
    // A row without a value stands last in either order.
    rows.sort(([a], [b]) => (a === "") - (b === "") || sign * compare(a, b));
    table.tBodies[0].append(...rows.map(([, row]) => row));
    for (const group of list.querySelectorAll("[data-group]")) group.hidden = true;
    for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
  }
  // `sort` in the address: the name of the column, with - before it where the order is reversed.
  function prepareSorting(list) {
    const asked = new URLSearchParams(location.search).get("sort") ?? "";
    const homes = rowsOf(list).map(row => [row, row.parentElement]);
    for (const header of list.querySelectorAll("th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
    }
    list.addEventListener("click", event => {
      const header = event.target.closest("th[data-sort] > button")?.parentElement;
      if (!header) return;
      const descending = header.getAttribute("aria-sort") === "ascending", address = new URL(location), name = header.textContent.trim();
      sort(list, name, descending);
      const shown = [...joined(list).tHead.rows[0].cells].find(each => each.textContent.trim() === name);
      shown.querySelector("button").focus();
      address.searchParams.set("sort", (descending ? "-" : "") + name);
      write(address);
    });
    const named = [...list.querySelectorAll("th[data-sort]")].some(each => each.textContent.trim() === asked.replace(/^-/, ""));
    if (named) sort(list, asked.replace(/^-/, ""), asked.startsWith("-"));
    document.querySelector(`form[data-for="${list.id}"]`)?.addEventListener("reset", () => {
      const address = new URL(location);
      for (const [row, home] of homes) home.append(row);
      list.querySelector(":scope > table[data-joined]")?.remove();
      for (const each of list.querySelectorAll("[aria-sort]")) each.removeAttribute("aria-sort");
      address.searchParams.delete("sort");
      write(address);
    });
  }

  document.querySelectorAll("[data-list]").forEach(prepareSorting);
  document.querySelectorAll("form[data-for]").forEach(prepareFilters);
})();
