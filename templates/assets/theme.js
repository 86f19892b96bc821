// Light or dark, as the reader last chose on this site; without a choice the browser's own setting holds.
(function () {
  var root = document.documentElement, key = "op-theme";
  function chosen() { try { return localStorage.getItem(key); } catch { return null; } }
  function show(theme) { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; }
  show(chosen());
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".op-theme");
    if (!button) return;
    function dark() { return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches; }
    button.hidden = false;
    button.ariaPressed = dark();
    button.addEventListener("click", function () {
      var next = dark() ? "light" : "dark";
      try { localStorage.setItem(key, next); } catch { /* a private window keeps the choice for this page only */ }
      show(next);
      button.ariaPressed = dark();
    });
  });
})();
