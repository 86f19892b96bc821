"""The public server: the site's files at /, Datasette under /db/.

Comes in: a built site with its database. Goes out: HTTP. `python -m openplans.server` serves in public, `build.py
serve` on one's own machine. What keeps Datasette safe and quick are plugins (plugins/), so that it holds with a plain
`datasette serve` too. The room needs the libraries of requirements-serve.in and none of the build's.
"""
