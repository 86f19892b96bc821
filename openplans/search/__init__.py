"""The site's search: what can be found, and by which words.

Comes in: the facts, and the registry's aliases.csv, which holds the synonyms. Goes out: the index that the browser
asks (assets/search.js). `records` is what can be found, `index` the files. The database's search is database/search.py.
"""
