// The matrix of /compare/: which regions, theme and year it shows. Everything is in the page already; this only hides.
// The choice stands in the address (?regions=330182,330411&theme=grain&year=2027&shared=2), where back and forward find it.
(function () {
  const form = document.getElementById("choose");
  const matrix = document.getElementById("matrix");
  const link = form?.querySelector("[data-link]");

  const boxes = () => [...form.elements.regions.length ? form.elements.regions : [form.elements.regions]];

  function restore() {
    const asked = new URLSearchParams(location.search);
    const codes = (asked.get("regions") || "").split(",").filter(code => boxes().some(box => box.value === code));
    for (const box of boxes()) box.checked = !codes.length || codes.includes(box.value);
    for (const name of ["theme", "year"]) {
      form.elements[name].value = asked.get(name) || "";
      if (form.elements[name].selectedIndex < 0) form.elements[name].value = "";
    }
    form.elements.shared.checked = asked.get("shared") === "2";
  }

  function remember(how = "pushState") {
    const address = new URL(location);
    const codes = boxes().filter(box => box.checked).map(box => box.value);
    const chosen = {
      regions: codes.length < boxes().length ? codes.join(",") : "",
      theme: form.elements.theme.value,
      year: form.elements.year.value,
      shared: form.elements.shared.checked ? "2" : "",
    };
    for (const [name, value] of Object.entries(chosen)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    address.search = address.search.replace(/%2C/g, ",");
    if (address.href === location.href) return;
    try { history[how](null, "", address); } catch { /* the address of a page from a disk can't be changed by a script */ }
  }

  // Hides the entries of other years; says whether any is left.
  function showCell(cell, year) {
    const entries = [...cell.querySelectorAll(".op-entry")];
    for (const entry of entries) entry.hidden = Boolean(year) && !entry.dataset.years.split(" ").includes(year);
    const left = entries.some(entry => !entry.hidden);
    if (entries.length && !left) cell.dataset.absent = matrix.dataset.absent;
    else delete cell.dataset.absent;
    return left;
  }

  function show() {
    const codes = new Set(boxes().filter(box => box.checked).map(box => box.value));
    const theme = form.elements.theme.value, year = form.elements.year.value;
    const least = form.elements.shared.checked ? 2 : 1;
    let shown = 0;
    for (const each of matrix.querySelectorAll("[data-region]")) each.hidden = !codes.has(each.dataset.region);
    for (const section of matrix.querySelectorAll("details.op-section")) {
      const rows = [...section.querySelectorAll("tbody tr")];
      for (const row of rows) {
        const cells = [...row.querySelectorAll("td")].filter(cell => !cell.hidden);
        const fits = cells.filter(cell => showCell(cell, year)).length >= least;
        row.hidden = !fits || Boolean(theme && row.dataset.theme !== theme);
      }
      if (theme || year || least > 1) section.open = true;
      section.hidden = rows.every(row => row.hidden);
      if (!section.hidden) shown += rows.filter(row => !row.hidden).length;
    }
    const count = form.querySelector("[data-count]");
    count.textContent = count.dataset.count.replace("{shown}", shown).replace("{all}", matrix.querySelectorAll("tbody tr").length);
    document.getElementById("matrix-empty").hidden = shown > 0;
    link.hidden = true;
  }

  // Where the browser keeps the clipboard closed, the link stands in a field, selected, to be copied by hand.
  async function copy(button) {
    try {
      await navigator.clipboard.writeText(location.href);
      form.querySelector("[data-count]").textContent = button.dataset.done;
    } catch {
      link.value = location.href;
      link.hidden = false;
      link.select();
    }
  }

  if (form) {
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("change", event => { if (event.target !== link) { show(); remember(); } });
    form.addEventListener("reset", () => setTimeout(() => { show(); remember(); }));
    form.querySelector("[data-copy]").addEventListener("click", event => copy(event.target));
    addEventListener("popstate", () => { restore(); show(); });
    if (location.search) restore();
    else remember("replaceState"); // what was chosen before this script had come
    show();
  }
})();
