// The interactive version of a chart, loaded only when a reader asks for it.
//
// A figure has a still SVG, wide or narrow, and the addresses of both in Vega. Its button brings Vega, in its interpreter
// mode: the policy of the pages allows no code made of text. The page's words come with the page.

const VEGA = new URL("./vendor/vega/", import.meta.url);
const REACH = 28; // how near, in pixels, a finger or a mouse has to be to a point

async function draw(address, place) {
  await import(new URL("vega.min.js", VEGA));
  const {expressionInterpreter} = await import(new URL("vega-interpreter.js", VEGA));
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const {vega} = globalThis;
  const runtime = vega.parse(await answer.json(), {}, {ast: true});
  return new vega.View(runtime, {expr: expressionInterpreter, renderer: "svg", container: place, hover: false, logLevel: vega.Error}).runAsync();
}

// The points as links that a keyboard reaches: each leads to what proves it.
function linked(place, page) {
  const points = [...place.querySelectorAll(".targets_marks path, .reached_marks path")];
  return points.map(element => {
    const told = element.__data__.datum;
    const [path, fragment] = told.link;
    element.setAttribute("role", "link");
    element.setAttribute("tabindex", "0");
    element.setAttribute("aria-label", `${told.region} ${told.year}: ${told.printed}`);
    return {element, told, href: page.replace("{path}", path).replace("{fragment}", fragment)};
  });
}

// The points nearest to the pointer: several where they coincide.
function nearest(points, event) {
  let found = [], least = REACH;
  for (const point of points) {
    const box = point.element.getBoundingClientRect();
    const distance = Math.hypot(box.x + box.width / 2 - event.clientX, box.y + box.height / 2 - event.clientY);
    if (distance < least - 0.5) [found, least] = [[point], distance];
    else if (found.length && Math.abs(distance - least) <= 0.5) found.push(point);
  }
  return found;
}

function tip(place) {
  const box = document.createElement("div");
  box.className = "op-tip";
  box.hidden = true;
  place.append(box);
  return box;
}

function part(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  if (name === "q") element.lang = "zh-CN";
  return element;
}

function show(box, points) {
  box.replaceChildren(...points.flatMap(({told}) => [part("strong", `${told.region} ${told.year}`), part("span", told.printed), part("q", told.quote)]));
  box.hidden = false;
  const frame = box.parentElement.getBoundingClientRect(), mark = points[0].element.getBoundingClientRect();
  const left = mark.x + mark.width / 2 - frame.x - box.offsetWidth / 2;
  box.style.left = `${Math.max(0, Math.min(left, frame.width - box.offsetWidth))}px`;
  box.style.top = `${mark.bottom - frame.y + 8}px`;
}

function listen(view, place, points) {
  const box = tip(place);
  let shown = [], before = [];
  const choose = found => {
    if (found.length === shown.length && found.every((each, at) => each === shown[at])) return;
    shown = found;
    box.hidden = !found.length;
    if (found.length) show(box, found);
    view.signal("focus", found.length === 1 ? found[0].told.region_code : "").runAsync();
  };
  place.addEventListener("pointermove", event => choose(nearest(points, event)));
  place.addEventListener("pointerleave", () => choose([]));
  place.addEventListener("pointerdown", event => { before = shown; choose(nearest(points, event)); });
  place.addEventListener("click", () => { if (shown.length === 1 && shown === before) location.href = shown[0].href; });
  place.addEventListener("keydown", event => {
    const at = points.find(point => point.element === document.activeElement);
    if (event.key === "Enter" && at) location.href = at.href;
    if (event.key === "Escape") choose([]);
  });
  for (const point of points) {
    point.element.addEventListener("focus", () => choose([point]));
    point.element.addEventListener("blur", () => choose([]));
  }
}

async function explore(figure, button) {
  const still = figure.querySelector(".op-figure__chart"), place = document.createElement("div");
  const shown = [...still.querySelectorAll("svg")].find(each => each.getClientRects().length);
  const failed = figure.querySelector("[data-failed]");
  place.className = "op-figure__chart op-figure__chart--live";
  button.disabled = true;
  try {
    const view = await draw(figure.dataset[shown.dataset.size], place);
    still.replaceWith(place);
    place.querySelector("svg").setAttribute("aria-label", shown.getAttribute("aria-label"));
    place.querySelector("[aria-roledescription]")?.removeAttribute("aria-roledescription");
    const points = linked(place, figure.dataset.page);
    listen(view, place, points);
    button.hidden = failed.hidden = true;
    figure.querySelector("[data-explored]").hidden = false;
    place.tabIndex = -1;
    place.focus({preventScroll: true});
  } catch (error) {
    failed.hidden = button.disabled = false;
    throw error;
  }
}

for (const button of document.querySelectorAll("[data-explore]")) {
  button.hidden = false;
  button.addEventListener("click", () => explore(button.closest("figure"), button));
}
for (const code of document.querySelectorAll("[data-embed]")) {
  code.value = code.value.replace(/src="[^"]*"/, `src="${new URL(code.dataset.embed, location.href)}"`);
  code.addEventListener("focus", () => code.select());
}
