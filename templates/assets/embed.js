// An embedded chart tells the page around it how high it is, whenever that changes: the frame is as wide as its place, and a
// narrower place makes it higher. The code that is offered for embedding listens (partials/chart_figure.j2).

if (parent !== window) {
  const tell = () => parent.postMessage({openPlansHeight: Math.ceil(document.querySelector("main").getBoundingClientRect().bottom)}, "*");
  new ResizeObserver(tell).observe(document.body);
  addEventListener("load", tell);
}
