// What every page does: opens what an address points into, opens everything for the printer, copies citations.
// Everything stands in the page without this script, folded; it is a script of its own kind, no module, so that it runs from a disk.
(function () {
  const root = document.documentElement, wide = matchMedia("(min-width: 60em)");
  const sections = [...document.querySelectorAll("details.op-section")];

  // A browser that opens the folds around a fragment's target by itself has done so already; older ones have not.
  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const own = target.querySelector(":scope > td > .op-cite, :scope > .op-cite");
    if (own) own.open = true;
    if (target.matches("summary *")) target.closest("details").open = true;
    requestAnimationFrame(() => target.scrollIntoView());
  }
  if (wide.matches) for (const each of sections) each.open = true;
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
    opened = [...document.querySelectorAll("details.op-section:not([open]), details[data-print]:not([open])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of opened) each.open = false; });

  // The permanent link: the site's own address where it knows it, else the one that the page is read at.
  function address(way) {
    const found = new URL(way, location.href);
    found.search = "";
    if (found.protocol !== "file:") found.pathname = found.pathname.replace(/index\.html$/, "");
    return found.href;
  }
  for (const each of document.querySelectorAll("[data-address]")) if (each.dataset.address) each.textContent = address(each.dataset.address);

  // The fold of a row has one form of its citation; the others stand once on the page, and come in when it opens.
  function complete(cite) {
    const forms = document.getElementById(cite.dataset.forms), own = cite.querySelector("[data-address]");
    for (const each of forms?.querySelectorAll("p") ?? []) {
      const form = each.cloneNode(true), place = form.querySelector("[data-place]");
      form.querySelector("[data-address]").replaceWith(own.cloneNode(true));
      if (place && cite.dataset.place) place.textContent = `, ${cite.dataset.place}`;
      cite.lastElementChild.append(form);
    }
    delete cite.dataset.forms;
  }
  document.addEventListener("toggle", event => { if (event.target.dataset?.forms) complete(event.target); }, true);

  function cited(button) {
    const place = button.closest("[data-cite-mark]"), near = button.closest("p");
    if (place) return sentence(place);
    const cite = near?.querySelector("[data-cite]") ?? button.closest(".op-copied").nextElementSibling.querySelector("[data-cite]");
    const copy = cite.cloneNode(true), day = new Date(), pad = number => String(number).padStart(2, "0");
    for (const each of copy.querySelectorAll("[data-today]")) each.textContent = `[${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}]`;
    return copy.textContent.trim();
  }
  // A highlighted piece of a document, with its clause's place; the document is cited once on the page.
  function sentence(place) {
    const mark = document.getElementById(place.dataset.citeMark), base = document.querySelector("[data-cite-document]").dataset.citeDocument;
    const chapter = place.closest(".op-chapter")?.querySelector("summary h3").textContent.trim();
    const where = [chapter, place.dataset.place].filter(Boolean).map(each => `\uff0c${each}`).join("");
    return `“${mark.textContent}”——${base}${where}\u3002${address(`#${place.dataset.citeMark}`)}`;
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
    button.dataset.said = button.dataset.done;
    let status = document.getElementById("op-said");
    if (!status) {
      status = Object.assign(document.createElement("p"), {id: "op-said", className: "op-unseen"});
      status.setAttribute("role", "status");
      document.querySelector("main, #main").append(status);
    }
    status.textContent = `${button.dataset.done}: ${text}`;
  }
  document.addEventListener("click", event => {
    const button = event.target.closest("button[data-copy][data-done]");
    if (button && !button.form) copy(button);
  });
})();
