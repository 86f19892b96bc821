// Of the page for what is not found, where nobody has told the build its address: a server shows it at any depth, so this script is
// asked for at several, and the one that is there tells where the site begins.
(() => {
  const root = new URL("../", document.currentScript.src).pathname;
  if (root === "/" || document.documentElement.dataset.root) return;
  document.documentElement.dataset.root = root;
  for (const name of ["href", "src"]) {
    for (const each of document.querySelectorAll(`[${name}^="/"]`)) each.setAttribute(name, root + each.getAttribute(name).slice(1));
  }
})();
