// The desk: shows the state that the server gives and sends decisions. All text goes in as text, never as markup.
"use strict";

const token = document.querySelector("meta[name=desk-token]").content;
const $ = (id) => document.getElementById(id);
let state = null; // what the server said last
let current = 0; // the place of the proposal in view among all items
let chosen = null; // an open number: {clause, start, end, text}
let editing = null; // {action, table, id, cells}
let busy = false;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((each) => each !== null));
  return made;
}

async function ask(path, body) {
  const options = { headers: { "X-Desk-Token": token } };
  if (body) Object.assign(options, { method: "POST", body: JSON.stringify(body) });
  const response = await fetch(path, options);
  const type = response.headers.get("content-type") || "";
  return { status: response.status, data: type.includes("json") ? await response.json() : { zh: await response.text(), en: "" } };
}

function tell(zh, en = "") {
  $("message").textContent = `${zh} ${en}`.trim();
  $("message").hidden = !$("message").textContent;
}

function column(table, name) {
  return state.tables[table].columns.find((each) => each.name === name);
}

function word(table, name, value) {
  const code = column(table, name).codes.find((each) => each.value === value);
  return code ? code.zh : value;
}

// A region that the document has no name for, by what it is to the one below it.
function unnamed(region) {
  const below = state.proposals.find((each) => each.table === "regions" && each.cells.parent_code === region.region_code);
  return `${word("regions", "level", region.level)}${below ? "，" + below.cells.name_zh + "的上级" : ""}（文件没有写名称）`;
}

const SUMMARIES = {
  targets: (c) => `${c.indicator}：${word("targets", "comparator", c.comparator)} ${c.value}${c.value_max ? "—" + c.value_max : ""}${c.unit}，${
    word("targets", "period_basis", c.period_basis)} ${c.period_start && c.period_start !== c.period_end ? c.period_start + "—" : ""}${c.period_end}${c.commitment ? "（" + c.commitment + "）" : ""}`,
  baselines: (c) => `${c.indicator}：${c.period} 已有 ${c.value}${c.unit}`,
  references: (c) => `“${c.quote}”不是承诺：${word("references", "reason", c.reason)}`,
  tasks: (c) => `${c.number} ${c.title}`,
  responsibilities: (c) => `${c.name_in_source}：${word("responsibilities", "role", c.role)}`,
  projects: (c) => `${c.name}：${word("projects", "stage", c.stage)} ${c.period_end}`,
  attachments: (c) => `${c.title}`,
  notes: (c) => c.comment_zh,
  regions: (c) => `${c.region_code} ${c.name_zh || unnamed(c)} ${c.name_en}`,
  organizations: (c) => `${c.name_zh} ${c.name_en}`,
  organization_names: (c) => `${c.name} → ${c.org_id}`,
  units: (c) => `${c.unit} ${c.name_en}`,
};

// ---- showing

function render() {
  current = Math.max(0, Math.min(current, state.proposals.length - 1));
  document.title = `审读台 · ${state.title}`;
  $("title").textContent = state.title;
  const marks = state.clauses.flatMap((each) => each.marks);
  const count = (kind) => marks.filter((each) => each.state === kind).length;
  $("bar").value = marks.length ? count("accounted") / marks.length : 1;
  $("counts").textContent = `数字 ${marks.length}：已定 ${count("accounted")}，有提议 ${count("proposed")}，没有着落 ${count("open")}；还有提议 ${
    state.proposals.length} 条；已作决定 ${state.decided} 个`;
  renderDocument();
  renderSide();
}

function renderDocument() {
  const now = state.proposals[current];
  const clauseInView = chosen ? chosen.clause : now ? now.clause : "";
  const made = state.clauses.map((clause) => {
    const line = element("p", { className: `clause ${clause.kind}`, id: clause.id });
    if (clause.id === clauseInView) line.classList.add("current");
    let place = 0;
    for (const mark of clause.marks) {
      line.append(clause.text.slice(place, mark.start));
      const words = { accounted: "已定", proposed: "有提议", open: "没有着落" }[mark.state];
      const shown = element("mark", { className: mark.state, textContent: mark.text, title: words, tabIndex: mark.state === "open" ? 0 : -1 });
      if (chosen && chosen.clause === clause.id && chosen.start === mark.start) shown.classList.add("chosen");
      shown.addEventListener("click", () => pick(clause, mark));
      shown.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.stopPropagation(); pick(clause, mark); } });
      line.append(shown);
      place = mark.end;
    }
    line.append(clause.text.slice(place));
    return line;
  });
  $("document").replaceChildren(...made);
  const here = clauseInView && document.getElementById(clauseInView);
  if (here) here.scrollIntoView({ block: "center" });
}

function pick(clause, mark) {
  editing = null;
  const found = state.proposals.findIndex((each) => each.clause === clause.id && (each.cells.quote || "").includes(mark.text));
  if (mark.state === "proposed" && found >= 0) { chosen = null; current = found; } else { chosen = { clause: clause.id, ...mark }; }
  render();
  $("side").focus();
}

function renderSide() {
  if (editing) return renderForm();
  const parts = [];
  if (chosen) parts.push(openNumber());
  const now = state.proposals[current];
  const beside = state.proposals.map((each, place) => [each, place]).filter(([each]) => now && each.clause === now.clause);
  if (!chosen) parts.push(...beside.map(([each, place]) => proposal(each, place)));
  if (!parts.length) parts.push(element("p", { textContent: finished() }));
  $("side").replaceChildren(...parts);
  const box = $("side").querySelector(".proposal.current");
  if (box) box.scrollIntoView({ block: "nearest" });
}

function finished() {
  const open = state.clauses.some((clause) => clause.marks.some((mark) => mark.state === "open"));
  return open ? "提议都看完了；标红的数字还没有着落，点一下就能说明。All proposals are decided; the red numbers are still open."
    : faults ? `提议都看完了；核对还有 ${faults} 个问题，按“核对”看。All is decided; the check still has ${faults} problems.`
    : "提议都看完了，每个数字都有着落。All is decided.";
}

function proposal(each, place) {
  const box = element("section", { className: "proposal" });
  if (place === current) box.classList.add("current");
  box.addEventListener("click", () => { if (current !== place) { current = place; render(); } });
  box.append(
    element("h2", { textContent: state.tables[each.table].zh }),
    element("p", { className: "summary", textContent: SUMMARIES[each.table](each.cells) }),
  );
  if (each.cells.quote && each.table !== "references") box.append(element("p", {}, element("span", { className: "quote", textContent: each.cells.quote })));
  box.append(element("p", { className: "about", textContent: `把握 ${each.confidence.toFixed(2)} · ${each.rule} · ${each.origin}` }));
  const missing = state.tables[each.table].columns.filter((c, n) => c.required && n > 0 && !each.cells[c.name]);
  const accept = missing.length ? null : element("button", { className: "main accept", type: "button" }, "收下 ", element("kbd", { textContent: "A" }));
  if (accept) accept.addEventListener("click", (event) => { event.stopPropagation(); decide({ action: "accept", table: each.table, id: each.id }); });
  const change = element("button", { className: "change", type: "button" }, missing.length ? `填写${missing.map((c) => c.zh).join("、")} ` : "改 ", element("kbd", { textContent: "E" }));
  change.addEventListener("click", (event) => { event.stopPropagation(); edit(each); });
  const refuse = element("button", { className: "refuse", type: "button" }, "不收 ", element("kbd", { textContent: "X" }));
  refuse.addEventListener("click", (event) => { event.stopPropagation(); decide({ action: "refuse", table: each.table, id: each.id }); });
  box.append(element("div", { className: "actions" }, accept, change, refuse));
  return box;
}

function openNumber() {
  const box = element("section", { className: "proposal current" });
  box.append(element("h2", { textContent: `“${chosen.text}”` }), element("p", { textContent: "这个数不是承诺，因为它是：It promises nothing, because it is:" }));
  const reasons = element("div", { className: "actions" });
  state.reasons.forEach((reason, number) => {
    const button = element("button", { type: "button", className: "reason" }, `${reason.zh} `, number < 9 ? element("kbd", { textContent: String(number + 1) }) : "");
    button.addEventListener("click", () => account(reason.value));
    reasons.append(button);
  });
  const target = element("button", { type: "button", className: "main" }, "这是目标 ", element("kbd", { textContent: "T" }));
  target.addEventListener("click", asTarget);
  box.append(reasons, element("div", { className: "actions" }, target));
  return box;
}

// The shortest piece around a number that the clause holds once.
function quoteOf(clause, start, end) {
  const text = state.clauses.find((each) => each.id === clause).text;
  let [from, to] = [start, end];
  while (text.indexOf(text.slice(from, to)) !== text.lastIndexOf(text.slice(from, to)) && (from > 0 || to < text.length)) {
    if (from > 0) from -= 1; else to += 1;
  }
  return text.slice(from, to);
}

function account(reason) {
  if (!chosen) return;
  const { clause, start, end } = chosen;
  chosen = null;
  decide({ action: "account", clause_id: clause, quote: quoteOf(clause, start, end), reason });
}

function asTarget() {
  if (!chosen) return;
  const { clause, start, end } = chosen;
  const text = state.clauses.find((each) => each.id === clause).text;
  const from = Math.max(...["，", ",", "。", "；", ";", "：", ":", "　"].map((mark) => text.lastIndexOf(mark, start - 1))) + 1;
  const number = text.slice(start, end).match(/[0-9.]+/);
  const cells = Object.fromEntries(state.tables.targets.columns.map((each) => [each.name, ""]));
  Object.assign(cells, {
    clause_id: clause, indicator: text.slice(from, start), quote: quoteOf(clause, from, end), value: number ? number[0] : "",
    unit: number ? text.slice(start, end).replace(number[0], "").trim() : "", measure: "level", comparator: "eq", period_basis: "by",
    period_end: (state.described.find((each) => each.name === "effective_end").value || "").slice(0, 4),
  });
  editing = { action: "add", table: "targets", id: "", cells };
  renderSide();
}

// ---- the form, with what the check says as one types

function edit(each) {
  editing = { action: "accept", table: each.table, id: each.id, cells: { ...each.cells }, before: each.cells };
  renderSide();
}

function describe() {
  editing = { action: "describe", table: "", id: "", cells: Object.fromEntries(state.described.map((each) => [each.name, each.value])) };
  renderSide();
}

let waiting = 0;
function renderForm() {
  const about = editing.table ? state.tables[editing.table] : { zh: "文件信息", columns: state.described.map((each) => ({ ...each, codes: [] })) };
  const fields = element("div", { className: "fields" });
  about.columns.forEach((each, number) => {
    if (editing.table && number === 0 && !["regions", "organizations", "units", "responsibilities"].includes(editing.table)) return;
    const name = `field-${each.name}`;
    const input = each.codes.length
      ? element("select", { id: name }, ...[...(each.required ? [] : [{ value: "", zh: "—" }]), ...each.codes].map((code) => element("option", { value: code.value, textContent: code.zh })))
      : element("input", { id: name });
    input.value = editing.cells[each.name] || "";
    input.required = Boolean(each.required);
    input.addEventListener("input", () => { editing.cells[each.name] = input.value; later(); });
    fields.append(element("label", { htmlFor: name, textContent: each.zh + (each.required ? " *" : "") }), input);
  });
  const save = element("button", { className: "main save", type: "submit", textContent: editing.action === "describe" ? "写下" : "收下" });
  const cancel = element("button", { type: "button", textContent: "取消 Esc" });
  cancel.addEventListener("click", () => { editing = null; render(); });
  const form = element("form", { className: "proposal current" }, element("h2", { textContent: about.zh }), fields,
    element("div", { id: "said", role: "status" }), element("div", { className: "actions" }, save, cancel));
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  $("side").replaceChildren(form);
  const first = about.columns.find((each) => each.required && !editing.cells[each.name]);
  (first && $(`field-${first.name}`) || fields.querySelector("input, select")).focus();
  later();
}

function request() {
  const { action, table, id, cells, before } = editing;
  const changes = Object.fromEntries(Object.entries(cells).filter(([name, value]) => !before || before[name] !== value));
  return { action, table, id, changes };
}

function submit() {
  const body = request();
  editing = null;
  decide(body);
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(tryIt, 200);
}

async function tryIt() {
  if (!editing) return;
  const asked = editing;
  const { data } = await ask("try", request());
  if (editing !== asked || !$("said")) return;
  const found = data.problems || [];
  $("said").replaceChildren(...(found.length ? found.map((each) => element("p", { className: "wrong", textContent: `${each.zh} ${each.fix_zh || ""}` }))
    : [element("p", { textContent: "核对通过。The check agrees." })]));
}

// ---- decisions

async function decide(body) {
  if (busy) return;
  busy = true;
  try {
    const { status, data } = await ask("decide", { ...body, revision: state.revision });
    if (status === 409) { state = data.state; tell(data.zh, data.en); }
    else if (status !== 200) { tell(data.zh || "没有记下", data.en || ""); }
    else {
      state = data;
      const waits = body.action === "accept-all" ? data.done[1] : [];
      tell(waits.length ? `收下 ${data.done[0].length} 条，还有 ${waits.length} 条要先补全` : "");
    }
  } catch (error) {
    tell("连不上审读台，刚才的一步可能没有记下；重新打开页面就能看到。", "The desk does not answer; open the page again to see what was recorded.");
  } finally {
    busy = false;
  }
  render();
  check();
}

let checking = 0;
let faults = 0;
async function check() {
  const mine = (checking += 1);
  $("problem-count").textContent = "…";
  const { data } = await ask("check");
  if (mine !== checking || !Array.isArray(data)) return;
  const errors = data.filter((each) => each.level === "error");
  faults = errors.length;
  if (!state.proposals.length && !editing && !chosen) renderSide();
  $("problem-count").textContent = errors.length ? `${errors.length} 个问题` : "通过";
  $("problems").replaceChildren(element("h2", { textContent: errors.length ? "还有这些问题 Problems" : "核对通过 The check passes" }),
    ...data.map((each) => {
      const line = element("p", {}, element("code", { textContent: `${each.file}:${each.line}` }), ` ${each.zh} ${each.fix_zh}`);
      if (each.clause) line.addEventListener("click", () => document.getElementById(each.clause).scrollIntoView({ block: "center" }));
      return line;
    }));
}

function move(step) {
  chosen = null;
  current += step;
  render();
}

const KEYS = {
  j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
  a: () => press(".accept"), Enter: () => press(".accept"), e: () => press(".change"), x: () => press(".refuse"),
  u: () => decide({ action: "undo" }), t: asTarget, n: nextOpen, "?": () => $("keys").showModal(),
  Escape: () => { chosen = null; editing = null; $("problems").hidden = true; render(); },
};

function press(button) {
  const found = document.querySelector(`.proposal.current ${button}`) || document.querySelector(".proposal.current .change");
  if (found) found.click();
}

// The next number that nothing accounts for, from the one chosen now.
function nextOpen() {
  const all = state.clauses.flatMap((clause) => clause.marks.filter((mark) => mark.state === "open").map((mark) => [clause, mark]));
  if (!all.length) return;
  const at = chosen ? all.findIndex(([clause, mark]) => clause.id === chosen.clause && mark.start === chosen.start) : -1;
  pick(...all[(at + 1) % all.length]);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, dialog");
  if (event.ctrlKey || event.metaKey || event.altKey || !state || (typing && event.key !== "Escape")) return;
  if (event.key === "Enter" && event.target.closest("button")) return;
  if (chosen && /^[1-9]$/.test(event.key) && state.reasons[event.key - 1]) { account(state.reasons[event.key - 1].value); event.preventDefault(); return; }
  const found = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (found) { event.preventDefault(); found(); }
});

$("undo").addEventListener("click", KEYS.u);
$("describe").addEventListener("click", describe);
$("help").addEventListener("click", KEYS["?"]);
$("accept-all").addEventListener("click", () => decide({ action: "accept-all", above: Number($("above").value) }));
$("check").addEventListener("click", () => { $("problems").hidden = !$("problems").hidden; });

(async () => {
  const { status, data } = await ask("state");
  if (status !== 200) { tell(data.zh); return; }
  state = data;
  render();
  check();
})();
