// Of the page for what is not found, which a server shows at any address: goes on to the file that holds what was at this address
// (openplans/routes.py, MOVED), as hosts that only hand out files, such as GitHub Pages, can't redirect by themselves; and brings
// links and styles into the folder where the site lies. Where nobody has told the build its address, this script is asked for at
// several depths, and the one that is there tells where the site begins.
(() => {
  const { dataset } = document.documentElement, root = new URL("../", document.currentScript.src);
  if (dataset.root) return;
  dataset.root = root.pathname;
  const path = location.pathname.slice(root.pathname.length);
  for (const [old, now] of JSON.parse(document.querySelector("[data-moved]").dataset.moved)) {
    const found = path.match(new RegExp(`^${old}$`));
    if (found) {
      location.replace(new URL(now.replace(/\$(\d)/g, (_, number) => found[number]), root));
      return;
    }
  }
  for (const name of ["href", "src"]) {
    for (const each of document.querySelectorAll(`[${name}^="/"]`)) {
      const there = each.getAttribute(name);
      if (!there.startsWith(root.pathname)) each.setAttribute(name, root.pathname + there.slice(1));
    }
  }
})();
