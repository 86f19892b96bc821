// The search page: asks Pagefind for the words of the address (?q=&kind=&plan=&theme=) and shows what it finds.
// All words and all markup stand in the page; nothing of the data is ever read as markup.
(async function () {
  const SHOWN_FIRST = 10, SHOWN_MORE = 20, TYPING_PAUSE = 200, SNIPPET = 110, LONGEST = 8, NEARLY = 3 / 4, MOSTLY = 0.5, CALLED = 2, MEANT = 0.9, ANSWERS = 200, PARTLY = 30;
  // The highest weight of what is only near, where others have all that was typed.
  const ALIKE = -2;
  // How much a kind counts beside the others, all else being equal: the document repeats what the lists say.
  const WEIGHT = {concept: 1.5, theme: 1.5, region: 2, unit: 1.5, plan: 1.3, target: 1, task: 1, project: 1, figure: 0.5, note: 0.6, clause: 0.5};
  // One word that names a concept, a theme, a place, a bureau or a plan means that, before its single rows.
  const NAMES = ["concept", "theme", "region", "unit", "plan"], NAMED = 3;

  const form = document.getElementById("op-search"), status = document.getElementById("op-status");
  const list = document.getElementById("op-hits"), more = document.getElementById("op-more");
  const answer = document.getElementById("op-answer"), places = JSON.parse(document.getElementById("op-places").textContent);
  const leads = [...document.querySelectorAll("#op-leads > li")], lists = [...document.querySelectorAll("#op-lists > [data-words]")];
  const due = document.querySelector("#op-lists > [data-due]");
  const start = document.getElementById("op-start"), none = document.getElementById("op-none");
  const hit = document.getElementById("op-hit").content;
  const english = document.documentElement.lang.startsWith("en");
  const kinds = [...form.elements.kind].map((each) => each.value).filter(Boolean);
  const busy = (yes) => list.setAttribute("aria-busy", yes);
  // An index for all, or one of what all share and one of each region. Of a hit its data is taken from the packs: Pagefind
  // forgets that of a hit which was collected.
  const asked_of = () => [indexes.get(""), indexes.get(form.elements.region?.value || "")].filter((each, at, all) => all.indexOf(each) === at);
  const found_in = async ({folder, instance, count, steps}, words) => (await instance.search(words)).results
    .map(({id, score, matchedMetaFields}) => ({id: `${folder}/${id}`, folder, count, hash: id, ...steps.get(id), score, matchedMetaFields}));
  // One search asks for a piece again and again, and every search for the kinds: the newest answers are kept (LRU).
  const answers = new Map();
  function ask(...terms) {
    const words = terms.join(" "), key = `${form.elements.region?.value ?? ""} ${words}`;
    const found = answers.get(key) ?? Promise.all(asked_of()).then((all) => Promise.all(all.map((each) => found_in(each, words)))).then((some) => some.flat());
    answers.delete(key);
    answers.set(key, found);
    found.catch(() => answers.delete(key));
    if (answers.size > ANSWERS) answers.delete(answers.keys().next().value);
    return found;
  }
  const packs = new Map(), indexes = new Map();
  async function data({folder, count, hash}) {
    const url = `${folder}/packs/${parseInt(hash.slice(hash.lastIndexOf("_") + 1), 16) % count}.json`;
    if (!packs.has(url)) packs.set(url, fetch(url).then((answer) => answer.json()));
    return (await packs.get(url))[hash];
  }
  const ids = async (...terms) => new Set((await ask(...terms)).map((each) => each.id));
  const NARROWED = ["q", "plan", "theme", "region"].filter((name) => form.elements[name]);
  const WRITTEN = /[\p{Script=Han}\d]/u;  // what a document can write: it is in Chinese
  let pagefind, cut, pause, ready, near = 0, latest = 0;

  // The true cause, as far as a browser tells it: a disk, a browser that is too old, a policy, or else the network.
  function failed(error) {
    const refused = /Content Security Policy|unsafe-eval/i.test(String(error?.message));
    const cause = hopeless() || (refused || blocked ? "policy" : "network");
    status.textContent = status.dataset[cause];
    ready = undefined;  // the next question tries again
    busy(false);
  }
  const hopeless = () => location.protocol === "file:" ? "disk" : typeof WebAssembly !== "object" || !Array.prototype.at ? "old" : "";
  let blocked = false;
  document.addEventListener("securitypolicyviolation", () => { blocked = true; });

  form.hidden = false;
  read();
  // Two thirds of what a search needs is for the search itself: it comes when somebody is about to search.
  const loaded = () => (ready ??= (async () => {
    [pagefind, cut] = await Promise.all([import(new URL(form.dataset.bundle, location)), import(new URL(form.dataset.cut, location))]);
    for (const each of places) each.names = each.names.map(cut.folded);
    await opened("");
  })());
  form.addEventListener("focusin", () => loaded().catch(failed), {once: true});
  if (hopeless()) return loaded().catch(failed);
  const soon = () => { clearTimeout(pause); pause = setTimeout(() => go("replaceState"), TYPING_PAUSE); };
  form.addEventListener("input", (event) => { if (event.target.name !== "q") go("pushState"); else if (!event.isComposing) soon(); });
  form.addEventListener("compositionend", soon);
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(pause); go("pushState"); });
  addEventListener("popstate", () => { read(); run().catch(failed); });
  run().catch(failed);

  // The index of a region ("": the first), opened once; one that did not come is asked for again by the next question.
  function opened(region) {
    const folder = new URL(region || ".", new URL(form.dataset.bundle, location)).href.replace(/\/$/, "");
    if (!indexes.has(region)) indexes.set(region, open(folder).catch((error) => { indexes.delete(region); throw error; }));
    return indexes.get(region);
  }
  async function open(folder) {
    // Pagefind would cut our tokens again in a page in Chinese. It looks at the page's language once, here.
    const language = document.documentElement.lang;
    document.documentElement.lang = "zxx";
    const instance = pagefind.createInstance({basePath: `${folder}/`});
    document.documentElement.lang = language;
    const [{count, lines}] = await Promise.all([fetch(`${folder}/packs.json`).then((answer) => answer.json()), instance.init()]);
    const steps = new Map(lines.flatMap((line, at) => Object.entries(line).map(([hash, year]) => [hash, {line: `${folder} ${at}`, year}])));
    await instance.options({ranking: {metaWeights: {title: 6, name_en: 5}}});
    await instance.search(cut.tag("kind", kinds[0]));  // part of the index that every search asks for
    return {folder, instance, count, steps};
  }

  // The address and the form say the same.
  function read() {
    const asked = new URLSearchParams(location.search);
    for (const name of NARROWED) form.elements[name].value = asked.get(name) ?? "";
    const radios = [...form.elements.kind];
    (radios.find((each) => each.value === asked.get("kind")) ?? radios[0]).checked = true;
  }
  function state() {
    return Object.fromEntries(["q", "kind", ...NARROWED.slice(1)].map((name) => [name, form.elements[name].value.trim()]));
  }
  function go(how) {
    const asked = new URLSearchParams(Object.entries(state()).filter(([, value]) => value));
    const address = String(asked) ? `?${asked}` : location.pathname;
    if (address !== (location.search || location.pathname)) history[how](null, "", address);
    run().catch(failed);
  }

  async function run() {
    const turn = ++latest, asked = state();
    const empty = !Object.values(asked).some(Boolean);
    start.hidden = !empty;
    if (empty) status.textContent = "";
    answer.replaceChildren();
    for (const each of leads) each.hidden = true;
    document.getElementById("op-lists").replaceChildren();
    if (empty) return show([], {}, []);
    busy(true);
    status.textContent = status.dataset.searching;
    await loaded();
    await opened(asked.region ?? "");
    if (turn !== latest) return;
    const typed = await Promise.all(cut.pieces(asked.q).filter((each) => cut.typed(each).length).map(printed));
    const pieces = await parted(typed), place = pieces.map(placeOf).find(Boolean);
    if (form.elements.region && place && !asked.region) form.elements.region.value = asked.region = place.index;
    await opened(asked.region ?? "");
    if (turn !== latest) return;
    const led = [...leads.filter((each) => named(each, asked.q)), ...listed(pieces, asked.q)];
    const silent = await unwritten(pieces), told = [...silent, ...await meant(pieces)], elsewhere = pieces.filter((each) => !placeOf(each));
    let shown = pieces, found = await find(pieces, asked);
    // A year that its plan doesn't write: what it writes of other years, before what other plans write of this one.
    const yearless = pieces.filter((each) => !isYear(each));
    if (silent.length && found.near + !found.results.length && yearless.length && yearless.length < pieces.length) {
      const other = await find(yearless, asked, pieces.find(isYear));
      if (other.results.length && (!found.results.length || other.near < found.near)) [shown, found] = [yearless, other];
    }
    if (elsewhere.length < pieces.length && told.length && (found.near && !found.actual || !found.results.length)) {
      // Only what is near, there as here: then what is near here.
      const all = await find(elsewhere, asked);
      if (!found.results.length || !all.results.length || all.near < found.near) [shown, found] = [elsewhere, all];
    }
    if (turn !== latest) return;
    // Of what no plan writes of, anywhere, that is said too.
    const anywhere = !["kind", ...NARROWED.slice(1)].some((name) => asked[name]) && !led.length && !told.length && !found.results.length;
    if (anywhere) told.push(...pieces.filter((each) => thing(each) && WRITTEN.test(each)).map((word) => linked(answer.dataset.silent.replace("{word}", spelt(word)), [], word)));
    near = found.near;
    await show(found.results, found.counts, shown);
    if (turn !== latest) return;
    // The plan does not use the word, but what is shown of this place means the same (an alias), or nearly.
    answer.replaceChildren(...told, ...(silent.length && silent.every(({akin}) => !akin) && shown === pieces && found.results.length ? [answer.dataset[found.near && found.actual ? "published" : "below"]] : []));
    for (const each of led) each.hidden = false;
    document.getElementById("op-lists").append(...led.filter((each) => !leads.includes(each)));
    const had = found.near ? found.actual : found.results.length - found.alike, rest = found.results.length - had;
    const words = !found.results.length ? (led.length ? "led" : "none") : !rest ? "some" : !had ? "near" : found.near ? "actual" : "alike";
    status.textContent = status.dataset[words].replace("{m}", had).replace("{n}", rest || had);
    none.hidden = found.results.length > 0 || (told.length > 0 && !anywhere) || led.length > 0;
  }

  // --- A place, and a word that its plan does not write ----------------------------------------------------------------

  const placeOf = (piece) => places.find((each) => each.names.includes(piece));
  // A number as documents print it, where nobody writes it as it was typed: 六百亿 is 600亿.
  async function printed(piece) {
    const figures = cut.reckoned(piece);
    return figures === piece || (await having(cut.typed(piece))).size ? piece : figures;
  }
  // What stands nowhere as it was typed: a place and the rest, where it begins or ends with one (平阳养老), without the
  // words that only make a question of it (平阳县今年GDP目标).
  async function parted(pieces) {
    const found = await Promise.all(pieces.map(async (piece) => {
      if (!/\p{Script=Han}{2}/u.test(piece) || piece.length < 4 || (await having(cut.typed(piece))).size) return [piece];
      return joined(cut.parts(piece).flatMap(placed));
    }));
    return found.flat().length ? found.flat() : pieces;
  }
  // Parts that follow each other and that something goes by together: 农民能挣 of 农民一年能挣多少.
  async function joined(parts) {
    for (let at = 1; at < parts.length; at++) {
      const both = parts[at - 1] + parts[at];
      if (![parts[at - 1], parts[at]].some(placeOf) && (await having(cut.typed(both))).size) parts.splice(--at, 2, both);
    }
    return parts;
  }
  function placed(piece) {
    const names = places.flatMap((each) => each.names).sort((a, b) => b.length - a.length);
    const name = names.find((each) => piece.length >= each.length + 2 && (piece.startsWith(each) || piece.endsWith(each)));
    if (!name) return [piece];
    return piece.startsWith(name) ? [name, piece.slice(name.length)] : [piece.slice(0, -name.length), name];
  }
  // A place whose name is typed with one sign wrong, and that stands nowhere so: 平杨县.
  async function meant(pieces) {
    if (pieces.some(placeOf)) return [];  // one is named: 建了 of 平阳建了 is no 建德
    const near = (word, name) => Math.abs(word.length - name.length) < 2 && word !== name && name.length > 1 && oneApart(word, name);
    return (await Promise.all(pieces.filter((each) => !placeOf(each)).map(async (word) => {
      const found = places.filter(({plans, names}) => plans.length && names.some((name) => near(word, name)));
      return found.length && !(await having(cut.typed(word))).size ? [linked(answer.dataset.meant.replace("{word}", spelt(word)), found, "")] : [];
    }))).flat();
  }
  // Whether one sign was changed, left out or added; of letters in a word of five at least.
  function oneApart(word, name) {
    if (/[a-z]/.test(word) && word.length < 5) return false;
    let from = 0, to = 0;
    const most = Math.min(word.length, name.length);
    while (from < most && word[from] === name[from]) from++;
    while (to < most - from && word.at(-1 - to) === name.at(-1 - to)) to++;
    return Math.max(word.length, name.length) - from - to === 1;
  }
  // Whether what was typed speaks of what a page of the site answers: 没完成, overdue.
  function named({dataset}, typed) {
    const folded = cut.folded(typed), spaced = ` ${folded.replace(/[^a-z-]+/g, " ")} `;
    return dataset.words.split(",").some((each) => (/[a-z]/.test(each) ? spaced.includes(` ${each} `) : folded.includes(each)));
  }
  // The lists that are asked for of the plans of a place, of a year where one is named: 建德市2027年目标. Of a year alone,
  // 2025年要完成什么, all that is due in it.
  function listed(pieces, typed) {
    const year = pieces.find(isYear), alone = year && !pieces.some((each) => each !== year && thing(each));
    const found = pieces.map(placeOf).filter(Boolean), asked = lists.filter((each) => named(each, typed) || (alone && each.querySelector("[data-by-year]")));
    if (alone && !found.length && due.dataset.due.split(",").includes(year)) {
      const line = due.cloneNode(true), link = line.firstElementChild;
      [link.href, link.textContent] = [link.dataset.way.replace("*", year), link.textContent.replace("{year}", year)];
      return [line];
    }
    return found.flatMap((place) => asked.flatMap((each) => place.plans.map((plan, at) => {
      const line = each.cloneNode(true), link = line.firstElementChild;
      link.href = link.dataset.way.replace("*", plan) + (year && "byYear" in link.dataset ? `?year=${year}` : "");
      link.textContent = `${nameOf(place)} ${place.years[at]} ${link.textContent}`;
      return line;
    })));
  }
  // Neither a place nor what a page answers: what a document can write of.
  const thing = (piece) => !placeOf(piece) && !cut.isId(piece) && !leads.some((each) => named(each, piece)) && !lists.some(({dataset}) => dataset.words.split(",").includes(piece));
  const isYear = (piece) => /^20\d\d$/.test(piece);
  // A piece with the capitals that it was typed with: PM2.5.
  function spelt(piece) {
    const typed = form.elements.q.value, at = typed.toLowerCase().indexOf(piece);
    return at < 0 ? piece : typed.slice(at, at + piece.length);
  }
  const nameOf = (place) => (english ? place.name_en : place.name);
  // What is written is found in the clauses, which have the document word by word and no alias; it is Chinese, or a number.
  async function unwritten(pieces) {
    const named = pieces.map(placeOf).filter(Boolean), words = pieces.filter((each) => thing(each) && WRITTEN.test(each));
    if (!named.length || !words.length) return [];
    const rows = (kind) => Promise.all(places.map(({plans}) => Promise.all(plans.map((plan) => ids(cut.tag("kind", kind), cut.tag("plan", plan))))));
    const [clauses, targets, units] = await Promise.all(["clause", "target", "unit"].map(rows));
    const told = await Promise.all(words.map(async (word) => {
      const written = await having(cut.typed(word));
      const placesOf = (some) => places.filter((_, at) => some[at].some((own) => [...own].some((id) => written.has(id))));
      const by = {text: placesOf(clauses), targets: placesOf(targets), units: placesOf(units)};
      // Who answers, by any of its names, is no thing to write of: 秀洲区卫健局 is none of those of 秀洲.
      if (by.units.length) return named.filter((place) => !by.units.includes(place) && !by.text.includes(place)).map((place) => sentence(place, word, by.units, []));
      // What is promised for every year from 2023 to 2027 speaks of 2026 too, where nothing but the year is asked for.
      if (isYear(word) && words.length === 1 && named.every((place) => by.targets.includes(place))) return [];
      const others = by.text, alike = others.length ? [] : by.targets.length ? by.targets : await partly(word, targets);  // by an alias of ours, or nearly
      const called = await Promise.all(named.map((place) => isCalled(word, written, targets[places.indexOf(place)])));
      return named.filter((place, at) => !others.includes(place) && !called[at]).map((place) => sentence(place, word, others, alike.includes(place) ? [] : alike));
    }));
    return told.flat();
  }
  // The places that promise something whose name has both halves of a word that is written nowhere: 养老机构床位数 of
  // 养老床位. Most words of four characters are two of two.
  async function partly(word, targets) {
    if (!/^\p{Script=Han}{4}$/u.test(word)) return [];
    const parts = [word.slice(0, 2), word.slice(2)];
    const rows = await Promise.all((await ask(...parts.flatMap(cut.typed), cut.tag("kind", "target"))).slice(0, PARTLY).map(async (row) => ({id: row.id, name: cut.folded((await data(row)).meta.name ?? "")})));
    const called = rows.filter(({name}) => parts.every((part) => name.includes(part)));
    return places.filter((_, at) => called.some(({id}) => targets[at].some((own) => own.has(id))));
  }
  // Whether a target of a plan is called so, though its document puts it otherwise: 粮食产量 of 粮食播种面积、产量.
  async function isCalled(word, written, own) {
    const among = (id) => written.has(id) && own.some((ids) => ids.has(id));
    const rows = await Promise.all((await ask(...cut.typed(word))).filter(({id}) => among(id)).map(data));
    return rows.some(({meta}) => cut.folded(meta.name ?? "").includes(word));
  }
  function sentence(place, word, others, alike) {
    const said = answer.dataset[place.plans.length ? "unwritten" : "unknown"];
    // Where each region has its index, nobody has looked into the others.
    const rest = others.length ? answer.dataset.others : alike.length ? answer.dataset.akin : form.elements.region ? "" : answer.dataset.nowhere;
    const fill = (text) => text.replace("{place}", nameOf(place)).replaceAll("{word}", spelt(word));
    return Object.assign(linked(fill(said) + fill(rest), others.length ? others : alike, word), {akin: rest === answer.dataset.akin});
  }
  // A line with links to what else can be asked, in the place of {others}.
  function linked(text, others, word) {
    const line = document.createElement("span"), links = others.flatMap((each, at) => {
      const link = document.createElement("a");
      link.href = `?${new URLSearchParams({q: `${nameOf(each)} ${word}`.trim()})}`;
      link.textContent = nameOf(each);
      return at ? [answer.dataset.comma, link] : [link];
    });
    const [before, after] = text.split("{others}");
    line.append(before, ...(after === undefined ? [] : [...links, after]));
    return line;
  }

  // --- The index -------------------------------------------------------------------------------------------------------

  // Every piece has to be there, as it is typed; where nothing has them all, what has most of what is known of them.
  // Pagefind passes over words that it does not know, so each piece is asked for by itself, too.
  // An actual figure that has them all comes first; it is no promise, so that what comes near stands behind it, unless its
  // number was asked for. `year`: of the periods of a figure and the steps of a promise that which is shown.
  async function find(pieces, asked, year = pieces.find(isYear)) {
    const typed = pieces.map(cut.typed);
    const narrow = ["plan", "theme"].filter((name) => asked[name]).map((name) => cut.tag(name, asked[name]));
    const terms = pieces.length || narrow.length ? [...typed.flat(), ...narrow] : [cut.tag("kind", asked.kind)];
    const [all, ...exact] = await Promise.all([ask(...terms), ...typed.map(having)]);
    const whole = all.filter((each) => exact.every((among) => among.has(each.id)));
    // How far from what was typed: has it, has what an alias of ours says it means, has parts of it.
    const [inside, figures] = await Promise.all([narrow.length ? ids(...narrow) : null, ids(cut.tag("kind", "figure"))]);
    const among = {promised: ({id}) => !figures.has(id), inside: ({id}) => !figures.has(id) && (inside?.has(id) ?? true)};
    const enough = !pieces.length || whole.some(among.promised), meaning = enough ? whole : await synonymous(pieces, among);
    const near = enough ? 0 : meaning.length ? 1 : 2;
    const actual = near ? whole.map((each) => ({...each, weight: Number.MAX_VALUE})) : [];
    const rest = actual.length && pieces.some(cut.counted) ? [] : near < 2 ? meaning : await nearest(pieces, among);
    const behind = enough && pieces.length && whole.filter(among.promised).length < SHOWN_FIRST ? await alike(pieces, among, whole) : [];
    const found = together([...actual, ...rest, ...behind], year);
    const kind = await kindOf(near || behind.length ? [] : terms);
    const counts = Object.fromEntries(kinds.map((name) => [name, found.filter((each) => kind.get(each.id) === name).length]));
    const shown = asked.kind ? found.filter((each) => kind.get(each.id) === asked.kind) : found;
    // Of what is near, that which is odd in a document answers nobody's question; who asks for a year wants what is due in it.
    const least = near ? "note" : pieces.every(isYear) ? "figure" : "";
    const last = shown.map((each) => (kind.get(each.id) === least ? {...each, weight: -1} : each));
    return {
      results: ranked(last, kind, pieces.length === 1), counts: {...counts, "": found.length},
      near, actual: last.filter(({id}) => figures.has(id)).length, alike: last.filter(isAlike).length,
    };
  }
  const isAlike = ({weight}) => weight <= ALIKE;
  // Of the yearly steps of one promise, or the periods of one actual figure, that of the year asked for, else the last of
  // those that answer best; it stands where the first of them does.
  function together(found, asked) {
    const last = new Map(), of = ({year}) => Number(String(Math.trunc(year)) === asked);
    const better = (a, b) => !b || of(a) - of(b) || (a.weight ?? 0) - (b.weight ?? 0) || a.year - b.year;
    for (const each of found) if (each.line && better(each, last.get(each.line)) > 0) last.set(each.line, each);
    const lines = new Set();
    return found.filter(({line}) => !line || (!lines.has(line) && lines.add(line))).map((each) => {
      const {id, hash, weight} = last.get(each.line) ?? each;
      return {...each, id, hash, weight};
    });
  }
  // The ids of what has a piece, word for word, and not only where two words meet (调解 in 协调解决): but letters, ids and a
  // single Chinese character may begin one; 24 isn't 24000. Where no word begins so, Pagefind takes a shorter beginning:
  // nothing has it then.
  async function having(piece) {
    if (piece.length > 1 && /^\p{Script=Han}$/u.test(piece.at(-1))) return counted(piece);
    const begins = piece.length === 1 && /^([a-zǁ].*|\D)$/iu.test(piece[0]);
    const found = await ask(begins ? piece[0] : `"${piece.join(" ")}"`);
    if (piece.length === 1 && found.length && /^[a-z\d]/i.test(piece[0])) {
      const {words, meta} = await data(found[0]), word = piece[0].toLowerCase();
      // 1,000 of an English name is 1000 to Pagefind.
      if (![words, ...Object.values(meta)].some((text) => text.toLowerCase().replace(/(\d),(?=\d{3})/g, "$1").includes(word))) return new Set();
    }
    const word = piece.length === 1 && /^\p{Script=Han}{2}$/u.test(piece[0]), across = word ? await ids(cut.tag("across", piece[0])) : new Set();
    return new Set(found.map((each) => each.id).filter((id) => !across.has(id)));
  }
  // A number with one character behind it, 6亿 of 6亿元: a character by itself is no token, so there is one of both.
  async function counted(piece) {
    const both = await ids(`"${cut.tag("counted", piece.slice(-2).join(""))}"`), before = await having(piece.slice(0, -1));
    return new Set([...both].filter((id) => before.has(id)));
  }
  async function exactly(piece) {
    const among = await having(piece);
    return (await ask(...piece)).filter(({id}) => among.has(id));
  }
  // What has nearly all tokens of what was typed; where nothing has, what has the parts that are known.
  async function nearest(pieces, among) {
    const words = pieces.flatMap(cut.typed);
    const found = weighed(await Promise.all(words.map(async (word) => [1, await exactly([word])])), among);
    if (found.length && found[0].weight >= NEARLY * words.length) return found;
    // Two words in letters that follow each other are a part, too: water supply of water supply villages.
    const both = pieces.slice(1).flatMap((each, at) => (/^[a-z]+ [a-z]+$/.test(`${pieces[at]} ${each}`) ? [`${pieces[at]} ${each}`] : []));
    const parts = (await Promise.all([...pieces, ...both].map((piece) => known(piece, among)))).flatMap((some) => some.map((part, at) => [part, at]));
    return weighed(await Promise.all(parts.map(async ([part, at]) => {
      // The first part says more than the others: of 厕所改造 what has both, then what has 厕所. What something is called
      // says more than what is written somewhere: 修路 of 村里修路. A place says least.
      // And what few have says more than what many have (inverse document frequency): broadband of broadband rural.
      const exact = await exactly(cut.typed(part)), hits = exact.some(among.promised) ? exact : await same(part, among);
      // A number without what it counts is that of anything: of 120急救 what has 急救.
      const least = placeOf(part) ? 0.5 : /^\d+$/.test(part) ? 0.3 : 0;
      const named = !least && exact.length && await called(part, hits), weight = least || (!exact.length ? MEANT : named ? CALLED : 1);
      return [weight / (1 + (named ? at / 3 : at)) / Math.log2(2 + hits.length) ** 0.25, hits];
    })), among, MOSTLY);
  }
  // What has every piece, or another word for it or for all of them that an alias of ours leads to: 退役军人 for 老兵. What
  // nobody writes so may be a name with one wrong character.
  async function synonymous(pieces, among) {
    const all = pieces.length > 1 ? await ask(cut.tag("meant", pieces.join(""))) : [];
    const each = await Promise.all(pieces.map(async (piece) => [1, await same(piece, among).then((found) => (found.length ? found : slipped(piece)))]));
    return weighed([[pieces.length, all], ...each], among)
      .filter(({weight}) => weight >= pieces.length);
  }
  // What comes near where few have it all: every piece, the larger part of it, or another word for it.
  async function alike(pieces, among, whole) {
    const had = new Set(whole.map(({id}) => id)), other = {inside: (each) => among.inside(each) && !had.has(each.id)};
    const parts = pieces.flatMap(placed);
    const found = await Promise.all(parts.map(async (piece) => {
      const [most, meant] = await Promise.all([placeOf(piece) ? exactly(cut.typed(piece)) : mostly(piece), ask(cut.tag("meant", piece))]);
      return weighed([[1, most], [1, meant]], other, 0).map((each) => ({...each, weight: 1}));
    }));
    const all = weighed(found.map((hits) => [1, hits]), other).filter(({weight}) => weight === parts.length);
    return all.map((each) => ({...each, weight: ALIKE}));
  }
  // What has a piece, or both its halves (粮食 and 产量), or two thirds of it in one: of 生活垃圾分类 垃圾分类.
  async function mostly(piece) {
    const whole = await exactly(cut.typed(piece));
    if (!/^\p{Script=Han}{4,12}$/u.test(piece)) return whole;
    const size = Math.max(4, Math.ceil(piece.length * 2 / 3)), cuts = [];
    for (let at = 2; at <= piece.length - 2; at++) cuts.push([piece.slice(0, at), piece.slice(at)]);
    const halves = cuts.map(async ([first, second]) => {
      const [had, hits] = await Promise.all([having(cut.typed(first)), exactly(cut.typed(second))]);
      return hits.filter(({id}) => had.has(id));
    });
    const runs = Array.from({length: piece.length - size + 1}, (_, at) => exactly(cut.typed(piece.slice(at, at + size))));
    return [...whole, ...(await Promise.all([...halves, ...runs])).flat()];
  }
  async function same(piece, among) {
    const exact = (await exactly(cut.typed(piece))).filter(among.promised);
    return exact.length ? exact : ask(cut.tag("meant", piece));
  }
  // What is called so but for one character, 教育局 of 教玉局: the index has names with each of them left out.
  async function slipped(piece) {
    if (!/^\p{Script=Han}{3,8}$/u.test(piece)) return [];
    // Nobody writes 教玉 or 玉局; what has both its pairs is no slip: 就业率 isn't 失业率.
    const strange = await Promise.all(cut.typed(piece).map(async (pair) => !(await having([pair])).size));
    const wrong = [...piece].map((_, at) => at).filter((at) => strange.slice(Math.max(0, at - 1), at + 1).every(Boolean));
    return (await Promise.all(wrong.map((at) => ask(`"${cut.tag("slip", `${at}${piece.slice(0, at)}${piece.slice(at + 1)}`)}"`)))).flat();
  }
  // Whether an indicator, a theme or a bureau goes by just this name.
  async function called(part, hits) {
    const named = await Promise.all(hits.filter(({matchedMetaFields}) => matchedMetaFields?.includes("title")).slice(0, SHOWN_FIRST).map(data));
    return named.some(({meta}) => [meta.name, ...(meta.aliases ?? "").split("\n")].some((name) => name && cut.folded(name) === part));
  }
  // The hits of several questions, each with the weight of those that found it: those with the most, or nearly.
  function weighed(answers, among, nearly = 1) {
    const best = new Map();
    for (const [weight, hits] of answers) {
      for (const each of hits.filter(among.inside)) {
        const before = best.get(each.id) ?? {score: 0, weight: 0};
        best.set(each.id, {...each, score: before.score + each.score, weight: before.weight + weight});
      }
    }
    const most = Math.max(0, ...[...best.values()].map(({weight}) => weight));
    return [...best.values()].filter(({weight}) => weight >= nearly * most).sort((a, b) => b.weight - a.weight);
  }
  // The parts of a piece that stand somewhere, the longest first (maximum matching): 空巢老人 has 老人. A part has two
  // Chinese characters at least, or a word or number whole; where less than half is known, nothing is.
  async function known(piece, among) {
    if (cut.numbered(piece)) return [];  // another document is not near
    const signs = cut.signs(piece), parts = [];
    for (let at = 0; at < signs.length; ) {
      let part = "", to = at + 1;
      for (const end of cut.ends(signs, at, LONGEST)) {
        const run = signs.slice(at, end).join("");
        if (run.length > 1 && cut.typed(run).length && (await same(run, among)).length) { [part, to] = [run, end]; break; }
      }
      part ||= await begun(signs[at]);
      if (part) parts.push(part);
      at = to;
    }
    return 2 * parts.join("").length >= piece.length ? parts : [];
  }
  // The longest beginning of a word that something has: kindergarden has kinderga(rten).
  async function begun(word) {
    for (const each of cut.beginnings(word)) if ((await having([each])).size) return each;
    return "";
  }
  async function kindOf(terms) {
    const found = await Promise.all(kinds.map((kind) => ids(...terms, cut.tag("kind", kind))));
    return new Map(kinds.flatMap((kind, at) => [...found[at]].map((id) => [id, kind])));
  }
  function ranked(results, kind, alone) {
    const named = (each) => alone && each.matchedMetaFields?.includes("title") && NAMES.includes(kind.get(each.id));
    const weight = (each) => each.score * WEIGHT[kind.get(each.id)] * (named(each) ? NAMED : 1);
    return results.map((each) => [each.weight ?? 0, weight(each), each]).sort(([a, b], [c, d]) => c - a || d - b).map(([,, each]) => each);
  }

  function show(results, counts, pieces) {
    for (const each of form.querySelectorAll("[data-count]")) {
      const count = counts[each.dataset.count];
      each.textContent = count ?? "";
      each.closest("label").classList.toggle("op-chip--empty", count === 0);
    }
    none.hidden = true;
    more.onclick = () => add(results, pieces, SHOWN_MORE, true).catch(failed);
    return add(results, pieces, SHOWN_FIRST, false);
  }
  async function add(results, pieces, count, focus) {
    const turn = latest, from = focus ? list.children.length : 0;
    const rows = await Promise.all(results.slice(from, from + count).map(data));
    if (turn !== latest) return;
    if (!focus) list.replaceChildren();
    const first = results.findIndex(isAlike);
    list.append(...rows.map((row, at) => item(row, pieces, near || isAlike(results[from + at]), from + at === first && first > 0)));
    busy(false);
    more.hidden = list.children.length >= results.length;
    if (focus) list.children[from]?.querySelector("a").focus();
  }
  // `near`: it has not all that was typed; `begins`: the first such behind what has.
  function item({url, meta}, pieces, near, begins) {
    const row = hit.cloneNode(true), part = (name) => row.querySelector(`[data-part="${name}"]`);
    const say = (name) => (english && meta[`${name}_en`]) || meta[name] || "";
    const kind = cut.untag(meta.kind);
    part("name").href = new URL((english && meta.url_en) || url, new URL(form.dataset.root, location));
    part("begins").textContent = begins ? list.dataset.alike : "";
    part("kind").textContent = form.querySelector(`[value="${kind}"]`).parentElement.querySelector("[data-name]").textContent;
    part("amount").textContent = say("amount");
    part("when").textContent = say("when");
    part("verdict").textContent = say("verdict");
    part("steps").textContent = say("steps") ? list.dataset.steps.replace("{steps}", say("steps")) : say("more");
    mark(part("place"), say("place"), pieces);
    mark(part("name"), say("name") || say("heading"), pieces);
    mark(part("scope"), say("scope") && `(${say("scope")})`, pieces);
    mark(part("text"), say("text"), pieces);
    part("source").textContent = meta.source ? list.dataset.source.replace("{source}", () => meta.source) : "";
    const said = cut.folded(row.querySelector("li").textContent.replace(/\s/g, ""));
    const unmarked = pieces.filter((each) => !said.includes(each.replace(/\s/g, "")));
    const aliases = (meta.aliases ?? "").split("\n").filter((each) => unmarked.some((piece) => cut.folded(each).includes(piece)));
    const related = unmarked.length && ["target", "task", "project", "figure"].includes(kind) && !unmarked.some(cut.isId);
    mark(part("alias"), aliases.length ? list.dataset.alias.replace("{aliases}", aliases.join(answer.dataset.comma)) : related && !near ? list.dataset.related : "", pieces);
    for (const each of row.querySelectorAll("[data-part]")) {
      if (!each.textContent) each.remove();
      else if (english && /\p{Script=Han}/u.test(each.textContent) && !/[a-z]{2}/i.test(each.textContent)) each.lang = "zh-CN";
    }
    return row;
  }

  // Text with what was typed marked; where that does not stand there as a whole, its tokens.
  function mark(element, text, pieces) {
    const alike = Array.from(text, cut.folded).join(""), plain = alike.length === text.length ? alike : text.toLowerCase();
    const sought = pieces.flatMap((each) => (plain.includes(each) ? [each] : cut.typed(each))).filter((each) => each && !each.includes(cut.MARK));
    const pattern = new RegExp(sought.map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|") || "(?!)", "gu");
    const first = Math.max(0, plain.search(pattern));
    const from = text.length > SNIPPET && first > SNIPPET / 2 ? first - SNIPPET / 4 | 0 : 0, end = from + SNIPPET;
    element.replaceChildren(from ? "…" : "");
    let at = from;
    for (const {0: each, index} of plain.matchAll(pattern)) {
      if (index < at || index + each.length > end) continue;
      const found = document.createElement("mark");
      found.textContent = text.slice(index, index + each.length);
      element.append(text.slice(at, index), found);
      at = index + each.length;
    }
    element.append(text.slice(at, end), end < text.length ? "…" : "");
  }
})();
