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
      element: "#op-search", bundlePath: bundle, showImages: false, showSubResults: true, excerptLength: 24, resetStyles: false,
      translations: {placeholder: "搜索目标、任务、单位或原文", clear_search: "清除", load_more: "更多结果", zero_results: "没有找到“[SEARCH_TERM]”",
        many_results: "“[SEARCH_TERM]”有 [COUNT] 页", one_result: "“[SEARCH_TERM]”有 1 页", searching: "正在搜索“[SEARCH_TERM]”……"}
    });
    var query = new URLSearchParams(location.search).get("q");
    if (query) search.triggerSearch(query);
  };
  script.onerror = function () {
    box.textContent = "搜索索引没有载入。从磁盘直接打开网页时，浏览器不允许读取索引；放到任何网页服务器上即可搜索。";
  };
  document.head.appendChild(script);
})();
