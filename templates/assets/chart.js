// The interactive version of a chart, loaded only when a reader asks for it, and the chart as PNG.
//
// A figure with `data-chart` (the address of its files, without their endings) has a still SVG. Its button brings Vega, in
// its interpreter mode: the policy of the pages allows no code made of text. The page's words come with the page.

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
function linked(place, root) {
  const points = [...place.querySelectorAll(".targets_marks path, .reached_marks path")];
  return points.map(element => {
    const told = element.__data__.datum;
    const [path, fragment] = told.link;
    element.setAttribute("role", "link");
    element.setAttribute("tabindex", "0");
    element.setAttribute("aria-label", `${told.region} ${told.year}: ${told.printed}`);
    return {element, told, href: `${root}${path}/index.html#${fragment}`};
  });
}

function nearest(points, event) {
  let found = null, least = REACH;
  for (const point of points) {
    const box = point.element.getBoundingClientRect();
    const distance = Math.hypot(box.x + box.width / 2 - event.clientX, box.y + box.height / 2 - event.clientY);
    if (distance < least) [found, least] = [point, distance];
  }
  return found;
}

function tip(place) {
  const box = document.createElement("div");
  box.className = "op-tip";
  box.hidden = true;
  box.append(...["strong", "span", "q"].map(name => document.createElement(name)));
  box.querySelector("q").lang = "zh-CN";
  place.append(box);
  return box;
}

function show(box, point) {
  const [where, value, quote] = box.children;
  where.textContent = `${point.told.region} ${point.told.year}`;
  value.textContent = point.told.printed;
  quote.textContent = point.told.quote;
  box.hidden = false;
  const frame = box.parentElement.getBoundingClientRect(), mark = point.element.getBoundingClientRect();
  const left = mark.x + mark.width / 2 - frame.x - box.offsetWidth / 2;
  box.style.left = `${Math.max(0, Math.min(left, frame.width - box.offsetWidth))}px`;
  box.style.top = `${mark.bottom - frame.y + 8}px`;
}

function listen(view, place, points) {
  const box = tip(place);
  let shown = null, before = null;
  const choose = point => {
    if (point === shown) return;
    shown = point;
    box.hidden = !point;
    if (point) show(box, point);
    view.signal("focus", point ? point.told.region_code : "").runAsync();
  };
  place.addEventListener("pointermove", event => choose(nearest(points, event)));
  place.addEventListener("pointerleave", () => choose(null));
  place.addEventListener("pointerdown", event => { before = shown; choose(nearest(points, event)); });
  place.addEventListener("click", () => { if (shown && (shown === before)) location.href = shown.href; });
  place.addEventListener("keydown", event => {
    const at = points.find(point => point.element === document.activeElement);
    if (event.key === "Enter" && at) location.href = at.href;
    if (event.key === "Escape") choose(null);
  });
  for (const point of points) {
    point.element.addEventListener("focus", () => choose(point));
    point.element.addEventListener("blur", () => choose(null));
  }
}

async function explore(figure, button) {
  const still = figure.querySelector(".op-figure__chart"), place = document.createElement("div");
  const failed = figure.querySelector("[data-failed]");
  place.className = "op-figure__chart op-figure__chart--live";
  button.disabled = true;
  try {
    const view = await draw(`${figure.dataset.chart}.vg.json`, place);
    const title = still.querySelector("svg > title")?.textContent ?? "";
    still.replaceWith(place);
    place.querySelector("svg").setAttribute("aria-label", title);
    place.querySelector("[aria-roledescription]")?.removeAttribute("aria-roledescription");
    const points = linked(place, figure.dataset.root);
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

// Drawn here and not when the site is built, because the letters have to come from a font, and the reader has one.
async function save(figure) {
  const picture = new Image(), canvas = document.createElement("canvas"), scale = 3;
  picture.src = `${figure.dataset.chart}.svg`;
  await picture.decode();
  canvas.width = picture.naturalWidth * scale;
  canvas.height = picture.naturalHeight * scale;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await new Promise(done => canvas.toBlob(done)));
  link.download = `${figure.dataset.chart.split("/").pop()}.png`;
  link.click();
  URL.revokeObjectURL(link.href);
  figure.querySelector("[data-failed]").hidden = true;
}

for (const figure of document.querySelectorAll("[data-chart]")) {
  const button = figure.querySelector("[data-explore]"), png = figure.querySelector("[data-png]");
  button.hidden = png.hidden = false;
  button.addEventListener("click", () => explore(figure, button));
  png.addEventListener("click", () => save(figure).catch(error => {
    figure.querySelector("[data-failed]").hidden = false;
    throw error;
  }));
  const code = figure.querySelector("[data-embed]");
  code.value = code.value.replace(/src="[^"]*"/, `src="${new URL(code.dataset.embed, location.href)}"`);
  code.addEventListener("focus", () => code.select());
}
