// The search page: Pagefind's own interface over the site's own index, started with the ?q= of the address.
(function () {
  var box = document.getElementById("op-search");
  var bundle = new URL(box.dataset.bundle, document.baseURI).href;
  var style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = bundle + "pagefind-ui.css";
  document.head.appendChild(style);
  var script = document.createElement("script");
  script.src = bundle + "pagefind-ui.js";
  script.onload = function () {
    var search = new PagefindUI({
      element: "#op-search", bundlePath: bundle, showImages: false, showSubResults: true, excerptLength: 24, resetStyles: false
    });
    var query = new URLSearchParams(location.search).get("q");
    if (query) search.triggerSearch(query);
  };
  script.onerror = function () {
    box.textContent = box.dataset.failed;
  };
  document.head.appendChild(script);
})();
