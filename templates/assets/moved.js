// The page for what is not found: goes on to the file that holds what was at this address (openplans/routes.py, MOVED).
// Hosts that only hand out files, such as GitHub Pages, can't redirect by themselves.
(function () {
  const page = document.querySelector("[data-moved]"), root = new URL(page.dataset.root, location.href);
  const path = location.pathname.slice(root.pathname.replace(/[^/]*$/, "").length);
  for (const [old, now] of JSON.parse(page.dataset.moved)) {
    const found = path.match(new RegExp(`^${old}$`));
    if (found) {
      location.replace(new URL(now.replace(/\$(\d)/g, (_, number) => found[number]), root));
      return;
    }
  }
})();
