// SQLite away from the page, so that a query without end can be ended with it. In comes {database} (its bytes), once, then
// {sql, parameters, limit}; out goes {} or {columns, rows, more, ms} of the last statement that has a result, or {error}.
import start from "./vendor/sqlite/sqlite3.js";
import { counts, nearly, query as fts } from "./fts.js";

const COMMENTS = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[^]*?(?:\*\/|$))+/;
const FIGURES = "observations_fts";
let sqlite3, db;

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(data.database ? await open(data.database) : run(data));
  } catch (error) {
    self.postMessage({ error: error.message.replace(/^SQLITE_\w+: sqlite3 result code \d+: /, "") });
  }
};

async function open(bytes) {
  const response = await fetch(new URL("vendor/sqlite/sqlite3.wasm", import.meta.url));
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  // Only memory is needed, not what keeps files in the browser; and an error is told to the reader, not to the console.
  self.sqlite3ApiConfig = {
    disable: { vfs: { kvvfs: true, opfs: true, "opfs-vfs": true, "opfs-wl": true, "opfs-sahpool": true } },
    warn() {},
  };
  sqlite3 = await start({ wasmBinary: await response.arrayBuffer() });
  const { capi, wasm, oo1 } = sqlite3;
  db = new oo1.DB();
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_READONLY;
  const size = bytes.byteLength;
  db.checkRc(capi.sqlite3_deserialize(db.pointer, "main", wasm.allocFromTypedArray(bytes), size, size, flags));
  db.selectValue("SELECT count(*) FROM sqlite_schema"); // complains where the bytes are no database
  const indexes = db.selectValues("SELECT name FROM sqlite_schema WHERE name LIKE '%\\_fts' ESCAPE '\\' ORDER BY name");
  const searched = (typed) => asked(indexes, String(typed ?? ""));
  db.createFunction("escape_fts", (_, typed) => searched(typed), { arity: 1, deterministic: true });
  db.createFunction("near_fts", (_, typed) => Number(searched(typed) !== fts(String(typed ?? ""))), { arity: 1, deterministic: true });
  return {};
}

// The names of indicators, themes and bureaus with one character open, a bureau's without its 县 or 区.
const PLACED = "[\u7701\u5e02\u53bf\u533a]";
const CALLED = `SELECT DISTINCT substr(name, ?1) FROM (SELECT name_zh AS name FROM concepts UNION SELECT name_zh FROM themes
  UNION SELECT name FROM organization_names UNION SELECT alias FROM aliases WHERE kind <> 'region')
  WHERE name GLOB ?2 OR name GLOB ?3 ORDER BY 1`;

// What has all that was typed or, where no index has that, what is near: as openplans/server/plugins/search.py. An actual
// figure is no promise: where nothing else has it all, what is near is found as well, unless its number was asked for.
function asked(indexes, typed) {
  const whole = fts(typed);
  const has = (query, among) => among.some((name) => db.selectValue(`SELECT 1 FROM ${name} WHERE ${name} MATCH ? LIMIT 1`, query));
  const known = (query) => has(query, indexes.filter((name) => name !== FIGURES)), actual = indexes.includes(FIGURES) && has(whole, [FIGURES]);
  const meant = (word) => db.selectValues("SELECT id FROM aliases WHERE kind = 'word' AND lower(alias) = ? ORDER BY id", word);
  const called = (patterns) => patterns.flatMap((name) => db.selectValues(CALLED, [-name.length, name, `${PLACED}${name}`]));
  if (!indexes.length || known(whole) || (actual && counts(typed))) return whole;
  for (const near of nearly(typed, known, meant, called)) if (near && known(near)) return actual ? `(${whole}) OR (${near})` : near;
  return whole;
}

function run({ sql, parameters, limit }) {
  const begun = performance.now();
  let result = { columns: [], rows: [], more: false };
  for (let left = sql.replace(COMMENTS, ""); left; ) {
    const statement = db.prepare(left);
    try {
      left = left.slice(sqlite3.capi.sqlite3_sql(statement).length).replace(COMMENTS, "");
      bind(statement, parameters);
      result = rows(statement, limit) ?? result;
    } finally {
      statement.finalize();
    }
  }
  return { ...result, ms: performance.now() - begun };
}

// A parameter that nobody filled in is empty text, as in Datasette.
function bind(statement, parameters) {
  for (let at = 1; at <= statement.parameterCount; at++) {
    const name = sqlite3.capi.sqlite3_bind_parameter_name(statement.pointer, at) ?? "";
    statement.bind(at, parameters[name.slice(1)] ?? "");
  }
}

function rows(statement, limit) {
  const found = [];
  while (statement.step()) {
    if (found.length === limit) return { columns: statement.getColumnNames([]), rows: found, more: true };
    found.push(statement.get([]));
  }
  return statement.columnCount ? { columns: statement.getColumnNames([]), rows: found, more: false } : null;
}
