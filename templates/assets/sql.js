// SQL on the site's database, in a worker of the reader's own browser. The queries to start from are read from the page,
// settings and words from its JSON. Nothing is loaded before the reader runs something. The address keeps what was run:
// ?query=<name>&<parameter>=<value>, and #sql=<text> where the SQL is the reader's own.
import { csv, table } from "./sql-table.js";

const at = (id) => document.getElementById(`op-sql${id ? "-" + id : ""}`);
const form = at(""), text = at("text"), choice = at("query"), status = at("status"), result = at("result");
const [settings, words] = ["settings", "words"].map((id) => JSON.parse(at(id).textContent)), language = form.dataset.language;
const paper = { root: form.dataset.root, index: settings.index, pages: settings.pages, codes: settings.codes };
const queries = new Map();
const values = Object.create(null); // of parameters by name, the latest
let worker = null, database = null, waiting = null, last = null;

// --- What is asked -----------------------------------------------------------------------------------------------------

function collect() {
  for (const each of document.querySelectorAll("details[data-query]")) {
    const name = each.dataset.query, title = each.querySelector("summary").textContent;
    queries.set(name, {
      about: each.querySelector("p").textContent,
      sql: each.querySelector("pre").textContent,
      parameters: JSON.parse(each.dataset.parameters),
    });
    choice.append(new Option(title, name));
    each.querySelector("a").addEventListener("click", (event) => {
      event.preventDefault();
      choose(name);
      form.scrollIntoView();
      choice.focus({ preventScroll: true });
    });
  }
}

// A query with its examples, or with what is given.
function choose(name, given = null) {
  const query = queries.get(name), examples = Object.entries(query?.parameters ?? {}).map(([each, about]) => [each, about.example]);
  for (const each in values) delete values[each];
  Object.assign(values, Object.fromEntries(given?.length ? given : examples));
  text.value = query?.sql ?? "";
  read();
}

// What depends on the SQL: which query it is, and its parameters.
function read() {
  const name = [...queries.keys()].find((each) => queries.get(each).sql === text.value) ?? "";
  choice.value = name;
  at("about").textContent = queries.get(name)?.about ?? words.own;
  const names = [...new Set(Array.from(text.value.matchAll(/(?<![:\w'"]):([A-Za-z_]\w*)/g), (found) => found[1]))];
  const inputs = [...at("parameters").querySelectorAll("input")];
  if (names.join() !== inputs.map((each) => each.name).join()) at("parameters").replaceChildren(...names.map(field));
  else inputs.forEach((each) => (each.value = values[each.name] ?? ""));
}

function field(name) {
  const about = [...queries.values()].find((each) => name in each.parameters)?.parameters[name];
  const label = document.createElement("label"), input = document.createElement("input");
  Object.assign(input, { name, value: values[name] ?? "", autocomplete: "off", className: "op-sql__field" });
  input.setAttribute("list", `op-sql-list-${name}`);
  input.addEventListener("input", () => (values[name] = input.value));
  label.append(about ? about[language] : `:${name}`, input);
  return label;
}

function asked() {
  return Object.fromEntries(Array.from(at("parameters").querySelectorAll("input"), (each) => [each.name, each.value]));
}

// --- The address -------------------------------------------------------------------------------------------------------

function remember() {
  const address = new URL(location.pathname, location.href);
  if (choice.value) address.searchParams.set("query", choice.value);
  else address.hash = "sql=" + encodeURIComponent(text.value);
  for (const [name, value] of Object.entries(asked())) if (value) address.searchParams.set(name, value);
  history.replaceState(null, "", address);
  at("link").href = address;
}

function restore() {
  const { query, ...given } = Object.fromEntries(new URLSearchParams(location.search));
  const own = location.hash.startsWith("#sql=");
  choose(own ? "" : queries.has(query) ? query : queries.keys().next().value, Object.entries(given));
  if (!own) return;
  text.value = decoded(location.hash.slice(5));
  read();
}

function decoded(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}

// --- The database ------------------------------------------------------------------------------------------------------

async function open() {
  if (worker) return;
  const first = !database;
  database ??= await fetched(form.dataset.database);
  worker = new Worker(new URL("sql-worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => ("error" in data ? waiting.reject(new Error(data.error)) : waiting.resolve(data));
  worker.onerror = (event) => waiting?.reject(new Error(event.message || "sql-worker.js"));
  try {
    await ask({ database });
    if (first) await learn();
  } catch (error) {
    end(error);
    throw error;
  }
}

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

function ask(message) {
  return new Promise((resolve, reject) => {
    waiting = { resolve, reject };
    worker.postMessage(message);
  });
}

function end(reason) {
  worker?.terminate();
  worker = null;
  waiting?.reject(reason);
}

// The names to write with, and what can be filled in.
async function learn() {
  const query = async (sql) => (await ask({ sql, parameters: {}, limit: settings.limit })).rows;
  schema(await query(settings.schema));
  for (const [name, sql] of Object.entries(settings.suggestions)) {
    const list = document.createElement("datalist"), from = language === "en" ? 2 : 0;
    list.id = `op-sql-list-${name}`;
    list.append(...(await query(sql)).map((row) => new Option(row[from + 1], row[from])));
    form.append(list);
  }
}

function schema(rows) {
  const place = at("schema").querySelector("div");
  for (const [name, column, ...titles] of rows) {
    const title = titles[language === "en" ? 1 : 0];
    if (!column) place.append(section(name, title));
    else place.lastChild.lastChild.append(entry(column, title));
  }
  at("schema").hidden = false;
}

function section(name, title) {
  const box = document.createElement("details"), summary = document.createElement("summary"), names = document.createElement("ul");
  const code = document.createElement("code");
  code.textContent = name;
  summary.append(code, " ", title);
  names.append(entry(name, title));
  box.append(summary, names);
  return box;
}

function entry(name, title) {
  const line = document.createElement("li"), button = document.createElement("button"), small = document.createElement("small");
  button.type = "button";
  button.textContent = name;
  button.addEventListener("click", () => insert(name));
  small.textContent = title;
  line.append(button, " ", small);
  return line;
}

function insert(name) {
  text.setRangeText(name, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  read();
}

// --- A run -------------------------------------------------------------------------------------------------------------

async function run() {
  if (form.ariaBusy) return;
  if (!text.value.trim()) return say(words.empty);
  remember();
  form.ariaBusy = "true";
  try {
    await opened();
    await answered();
  } catch (error) {
    result.hidden = true;
    say(error.message, true);
  } finally {
    form.ariaBusy = null;
    at("stop").hidden = true;
  }
}

async function opened() {
  if (!worker) say(words.opening);
  try {
    await open();
  } catch (error) {
    throw new Error(filled(words.failed, { message: error.message }));
  }
  at("run").textContent = words.run;
}

async function answered() {
  say(words.running);
  at("stop").hidden = false;
  const timer = setTimeout(() => end(new Error(filled(words.slow, settings))), settings.seconds * 1000);
  try {
    show(await ask({ sql: text.value, parameters: asked(), limit: settings.limit }));
  } catch (error) {
    throw worker ? new Error(`${filled(words.error, { message: error.message })}\n${hint(error.message)}`) : error;
  } finally {
    clearTimeout(timer);
  }
}

function hint(message) {
  if (/^no such/.test(message)) return words.names;
  return /readonly/.test(message) ? words.readonly : words.syntax;
}

function show(found) {
  const rows = found.rows.length, ms = Math.max(1, Math.round(found.ms));
  const count = found.columns.length ? filled(words.count, { rows, ms }) : words.nothing;
  const notes = [found.columns.length && !rows && words.none, found.more && words.more, rows > settings.shown && words.shown];
  last = found;
  say([count, ...notes.filter(Boolean).map((note) => filled(note, { rows, shown: settings.shown }))].join("\n"));
  result.querySelector(".op-scroll").replaceChildren(table(found, count, settings.shown, paper));
  result.hidden = !found.columns.length;
}

function say(message, wrong = false) {
  status.textContent = message;
  status.classList.toggle("op-sql__status--wrong", wrong);
}

function filled(sentence, given) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => given[name]);
}

function download(kind) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv(last, kind === "excel.csv")], { type: "text/csv" }));
  link.download = `${choice.value || "sql"}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

collect();
restore();
form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
form.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } });
choice.addEventListener("change", () => choose(choice.value));
text.addEventListener("input", read);
at("stop").addEventListener("click", () => end(new Error(words.stopped)));
window.addEventListener("hashchange", () => location.hash.startsWith("#sql=") && restore());
for (const button of result.querySelectorAll("[data-csv]")) button.addEventListener("click", () => download(button.dataset.csv));
at("off").hidden = true;
form.hidden = false;
