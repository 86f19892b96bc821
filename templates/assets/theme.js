// Light or dark, as the reader last chose on this site, or in a chart embedded elsewhere as its address says (?theme=light);
// without a choice the browser's own setting holds.
(function () {
  var root = document.documentElement, key = "op-theme";
  function asked() {
    var theme = new URLSearchParams(location.search).get("theme");
    return theme === "light" || theme === "dark" ? theme : null;
  }
  function chosen() { if (root.classList.contains("op-embed")) return asked(); try { return localStorage.getItem(key); } catch (closed) { return null; } }
  function show(theme) { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; }
  show(chosen());
  // What needs scripts is shown by this, from the first paint on and in every browser; from a disk, no worker and no fetch.
  root.dataset.scripts = location.protocol === "file:" ? "disk" : "served";
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".op-theme");
    if (!button) return;
    function dark() { return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches; }
    button.hidden = false;
    button.setAttribute("aria-pressed", dark());
    button.addEventListener("click", function () {
      var next = dark() ? "light" : "dark";
      try { localStorage.setItem(key, next); } catch (closed) { /* a private window keeps the choice for this page only */ }
      show(next);
      button.setAttribute("aria-pressed", dark());
    });
  });
})();
