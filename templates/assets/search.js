// The search page: asks Pagefind for the words of the address (?q=&kind=&plan=&theme=) and shows what it finds.
// All words and all markup stand in the page; nothing of the data is ever read as markup.
(async function () {
  const SHOWN_FIRST = 10, SHOWN_MORE = 20, TYPING_PAUSE = 200, SNIPPET = 110;
  // How much a kind counts beside the others, all else being equal: the document repeats what the lists say.
  const WEIGHT = {concept: 1.5, unit: 1.5, plan: 1.3, target: 1, task: 1, project: 1, note: 0.6, clause: 0.5};
  // One word that names a concept, a bureau or a plan means that, before its single rows.
  const NAMED = 3;

  const form = document.getElementById("op-search"), status = document.getElementById("op-status");
  const list = document.getElementById("op-hits"), more = document.getElementById("op-more");
  const start = document.getElementById("op-start"), none = document.getElementById("op-none");
  const hit = document.getElementById("op-hit").content;
  const english = document.documentElement.lang.startsWith("en");
  const kinds = [...form.elements.kind].map((each) => each.value).filter(Boolean);
  let pagefind, cut, latest = 0;

  form.hidden = false;
  read();
  try {
    [pagefind, cut] = await Promise.all([import(new URL(form.dataset.bundle, location)), import(new URL(form.dataset.cut, location))]);
    await pagefind.options({ranking: {metaWeights: {title: 6, name_en: 5}}});
    // Pagefind would cut our tokens again in a page in Chinese. It looks at the page's language once, here.
    const language = document.documentElement.lang;
    document.documentElement.lang = "zxx";
    const ready = pagefind.init();
    document.documentElement.lang = language;
    await ready;
    await pagefind.search("a");
  } catch {
    status.textContent = status.dataset.failed;
    return;
  }
  let pause;
  const soon = () => { clearTimeout(pause); pause = setTimeout(() => go("replaceState"), TYPING_PAUSE); };
  form.addEventListener("input", (event) => { if (event.target.name !== "q") go("pushState"); else if (!event.isComposing) soon(); });
  form.addEventListener("compositionend", soon);
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(pause); go("pushState"); });
  addEventListener("popstate", () => { read(); run(); });
  run();

  // The address and the form say the same.
  function read() {
    const asked = new URLSearchParams(location.search);
    for (const name of ["q", "plan", "theme"]) form.elements[name].value = asked.get(name) ?? "";
    const radios = [...form.elements.kind];
    (radios.find((each) => each.value === asked.get("kind")) ?? radios[0]).checked = true;
  }
  function state() {
    return Object.fromEntries(["q", "kind", "plan", "theme"].map((name) => [name, form.elements[name].value.trim()]));
  }
  function go(how) {
    const asked = new URLSearchParams(Object.entries(state()).filter(([, value]) => value));
    const address = asked.size ? `?${asked}` : location.pathname;
    if (address !== (location.search || location.pathname)) history[how](null, "", address);
    run();
  }

  async function run() {
    const turn = ++latest, asked = state(), pieces = asked.q.split(/\s+/).filter(Boolean);
    const empty = !Object.values(asked).some(Boolean);
    start.hidden = !empty;
    if (empty) status.textContent = "";
    if (empty) return show([], {}, []);
    list.ariaBusy = "true";
    status.textContent = status.dataset.searching;
    const found = await find(pieces.map(cut.typed).filter((each) => each.length), asked);
    if (turn !== latest) return;
    await show(found.results, found.counts, pieces);
    if (turn !== latest) return;
    const words = !found.results.length ? "none" : found.near ? "near" : "some";
    status.textContent = status.dataset[words].replace("{n}", found.results.length);
    none.hidden = found.results.length > 0;
  }

  // Every piece has to be there, as it is typed. Where nothing has them so: what has all their tokens, else most of them.
  async function find(pieces, asked) {
    const words = pieces.flat();
    const narrow = ["plan", "theme"].filter((name) => asked[name]).map((name) => cut.tag(name, asked[name]));
    const ask = (...terms) => pagefind.search(terms.join(" ")).then((found) => found.results);
    const ids = async (search) => new Set((await search).map((each) => each.id));
    const [all, exact, ofKind] = await Promise.all([
      ask(...words, ...narrow),
      Promise.all(pieces.filter((each) => each.length > 1).map((each) => ids(ask(`"${each.join(" ")}"`)))),
      Promise.all(kinds.map((kind) => ids(ask(...words, ...narrow, cut.tag("kind", kind))))),
    ]);
    let results = all.filter((each) => exact.every((among) => among.has(each.id)));
    const near = !results.length;
    if (near) results = all.length ? all : await nearest(words, narrow, ask);
    const kind = new Map(kinds.flatMap((name, at) => [...ofKind[at]].map((id) => [id, name])));
    const counts = Object.fromEntries(kinds.map((name) => [name, results.filter((each) => kind.get(each.id) === name).length]));
    counts[""] = results.length;
    const named = (each) => pieces.length === 1 && each.matchedMetaFields?.includes("title") && ["concept", "unit", "plan"].includes(kind.get(each.id));
    const score = (each) => each.score * (WEIGHT[kind.get(each.id)] ?? 1) * (named(each) ? NAMED : 1);
    if (asked.kind) results = results.filter((each) => kind.get(each.id) === asked.kind);
    results = results.map((each) => ({each, score: score(each)})).sort((a, b) => b.score - a.score).map(({each}) => each);
    return {results, counts, near};
  }
  async function nearest(words, narrow, ask) {
    const best = new Map();
    for (const found of await Promise.all(words.map((word) => ask(word, ...narrow))))
      for (const each of found) best.set(each.id, {...each, score: each.score + (best.get(each.id)?.score ?? 0), times: 1 + (best.get(each.id)?.times ?? 0)});
    const most = Math.max(...[...best.values()].map((each) => each.times));
    return most > words.length / 2 ? [...best.values()].filter((each) => each.times === most) : [];
  }

  function show(results, counts, pieces) {
    for (const each of form.querySelectorAll("[data-count]")) {
      const count = counts[each.dataset.count];
      each.textContent = count ?? "";
      each.closest("label").classList.toggle("op-chip--empty", count === 0);
    }
    none.hidden = true;
    more.onclick = () => add(results, pieces, SHOWN_MORE, true);
    return add(results, pieces, SHOWN_FIRST, false);
  }
  async function add(results, pieces, count, focus) {
    const turn = latest, from = focus ? list.children.length : 0;
    const rows = await Promise.all(results.slice(from, from + count).map((each) => each.data()));
    if (turn !== latest) return;
    if (!focus) list.replaceChildren();
    list.append(...rows.map((row) => item(row, pieces)));
    list.ariaBusy = "false";
    more.hidden = list.children.length >= results.length;
    if (focus) list.children[from]?.querySelector("a").focus();
  }
  function item({url, meta}, pieces) {
    const row = hit.cloneNode(true), part = (name) => row.querySelector(`[data-part="${name}"]`);
    const say = (name) => (english && meta[`${name}_en`]) || meta[name] || "";
    const kind = cut.untag(meta.kind);
    part("name").href = english && meta.url_en ? new URL(meta.url_en, new URL(form.dataset.root, location)) : url;
    part("kind").textContent = form.querySelector(`[value="${kind}"]`).parentElement.querySelector("[data-name]").textContent;
    part("amount").textContent = meta.amount ?? "";
    part("when").textContent = meta.period_end ?? "";
    mark(part("place"), say("place"), pieces);
    mark(part("name"), say("name") || say("heading"), pieces);
    mark(part("text"), say("text"), pieces);
    for (const each of row.querySelectorAll("[data-part]")) if (!each.textContent) each.remove();
    return row;
  }

  // Text with what was typed marked; where that does not stand there as a whole, its tokens.
  function mark(element, text, pieces) {
    const lower = text.toLowerCase();
    const sought = pieces.flatMap((each) => (lower.includes(each.toLowerCase()) ? [each] : cut.typed(each))).filter((each) => each && !each.includes(cut.MARK));
    const pattern = new RegExp(`(${sought.map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|") || "(?!)"})`, "giu");
    const first = Math.max(0, text.search(pattern));
    const from = text.length > SNIPPET && first > SNIPPET / 2 ? first - SNIPPET / 4 | 0 : 0;
    const piece = (from ? "…" : "") + text.slice(from, from + SNIPPET) + (from + SNIPPET < text.length ? "…" : "");
    element.replaceChildren(...piece.split(pattern).map((each, at) => {
      if (at % 2 === 0) return each;
      const found = document.createElement("mark");
      found.textContent = each;
      return found;
    }));
  }
})();
