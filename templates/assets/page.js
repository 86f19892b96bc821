// What every page does: opens what an address points into, opens everything for the printer, copies citations.
// Everything stands in the page without this script, folded; it is a script of its own kind, no module, so that it runs from a disk.
(function () {
  const root = document.documentElement, english = root.lang.startsWith("en"), wide = matchMedia("(min-width: 60em)");
  const folds = "details.op-section, details[data-print]";

  // A browser that opens the folds around a fragment's target by itself has done so already; older ones have not.
  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const row = target.closest("tr")?.querySelector(":scope > td > .op-cite"); // on a phone a row opens with its citation
    for (const each of [row, target.querySelector(":scope > .op-cite")]) if (each) each.open = true;
    if (target.matches("summary *")) target.closest("details").open = true;
    requestAnimationFrame(() => {
      // The bar that stays grows by what a filter says: what is pointed to stands below it.
      root.style.setProperty("--op-bar", `${document.querySelector(".op-bar")?.offsetHeight ?? 0}px`);
      target.scrollIntoView();
    });
  }
  // Where there is room everything stands open, from here on so that it can be shut; until now the styles had it so.
  function unfold() {
    if (wide.matches) for (const each of document.querySelectorAll(folds)) each.open = true;
    root.dataset.folds = "";
  }
  unfold();
  wide.addEventListener("change", unfold);
  addEventListener("hashchange", reveal);
  document.addEventListener("listed", reveal);
  reveal();

  for (const button of document.querySelectorAll("[data-open-all]")) {
    const own = () => [...document.getElementById(button.dataset.openAll).querySelectorAll("details.op-section")];
    const words = [button.textContent, button.dataset.close];
    button.hidden = own().length < 2;
    const tell = () => { button.textContent = words[own().every(each => each.open) ? 1 : 0]; };
    button.addEventListener("click", () => {
      const open = !own().every(each => each.open);
      for (const each of own()) each.open = open;
      tell();
    });
    tell();
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(folds)].filter(each => !each.open);
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of opened) each.open = false; });

  // The permanent link: the site's own address where it knows it, else the one that the page is read at.
  function address(way) {
    const found = new URL(way, document.querySelector("link[rel=canonical]")?.href ?? location.href);
    found.search = "";
    if (found.protocol !== "file:") found.pathname = found.pathname.replace(/index\.html$/, "");
    return found.href;
  }
  for (const each of document.querySelectorAll("[data-address]")) if (each.dataset.address) each.textContent = address(each.dataset.address);

  const now = new Date(), two = number => String(number).padStart(2, "0");
  for (const each of document.querySelectorAll("[data-today]")) each.textContent = `[${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}]`;

  // The citation of a row: the sentence beside the button, or what is given for it, its document and its permanent link.
  const document_of = button => document.getElementById(button.closest("[data-of]").dataset.of);
  // Its place in the document; the fold beside the button has it until it is opened.
  const place_of = button => button.dataset.place ??= button.closest(".op-copied").nextElementSibling?.querySelector("[data-where]")?.textContent ?? "";
  function statement(button) {
    const {way, quote} = button.dataset, place = place_of(button), row = button.closest(".op-copied");
    const said = quote ?? row.parentElement.querySelector(":scope > .op-quote")?.textContent;
    if (english) return `${said ? `“${said}” ` : ""}${form_of(document_of(button).querySelector("p[lang=en] [data-cite]"), button).textContent}`;
    const where = place ? `\uff0c${place}` : "";
    return `${said ? `“${said}”——` : ""}${document_of(button).dataset.document}${where}\u3002${address(way)}`;
  }
  // A form of the document's citation with the row's place and permanent link in it.
  function form_of(model, button) {
    const form = model.cloneNode(true), place = form.querySelector("[data-place]");
    form.querySelector("[data-address]").textContent = address(button.dataset.way);
    if (place && english && place_of(button)) place.textContent = `, ${place_of(button)}`;
    return form;
  }
  // The fold of a row shows it; the document's other forms stand once on the page, and come in when the fold opens.
  function complete(cite) {
    const button = cite.previousElementSibling.querySelector(".op-copy"), own = cite.querySelector("[data-cite]");
    own.textContent = statement(button);
    for (const each of document_of(button).querySelectorAll("p")) cite.lastElementChild.append(form_of(each, button));
    cite.dataset.complete = "";
  }
  document.addEventListener("toggle", event => { if (event.target.matches?.(".op-cite:not([data-complete])")) complete(event.target); }, true);

  function cited(button) {
    const mark = button.closest("[data-cite-mark]");
    return mark ? sentence(mark) : statement(button);
  }
  // A highlighted piece of a document, with its clause's place; the document is cited once on the page.
  function sentence(place) {
    const mark = document.getElementById(place.dataset.citeMark), base = document.querySelector("[data-cite-document]").dataset.citeDocument;
    return `“${mark.textContent}”——${base}\uff0c${place.dataset.place}\u3002${address(`#${place.dataset.citeMark}`)}`;
  }
  async function copy(button) {
    const text = cited(button);
    try {
      await navigator.clipboard.writeText(text);
    } catch { // pages without https have no clipboard; the old way asks for a selected field
      const field = Object.assign(document.createElement("textarea"), {value: text, className: "op-unseen"});
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    const done = document.querySelector("[data-copied]").dataset.copied;
    button.dataset.said = done;
    let status = document.getElementById("op-said");
    if (!status) {
      status = Object.assign(document.createElement("p"), {id: "op-said", className: "op-unseen"});
      status.setAttribute("role", "status");
      document.querySelector("main, #main").append(status);
    }
    status.textContent = `${done}: ${text}`;
  }
  document.addEventListener("click", event => {
    const button = event.target.closest(".op-copy");
    if (button) copy(button);
  });
})();
