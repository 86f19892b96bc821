"""Datasette's plugins: an authorizer for SQL, limits, errors in words, cached answers, presentation, search in
Chinese.

Comes in: Datasette 0.65. Goes out: the same with our hooks. `register` is all that a server calls; a folder for a
plain `datasette serve` carries a copy of this package and calls it from loader.py.

What no hook of 0.65 reaches is replaced, all of it in database.py: the clock of a query (`sqlite_timelimit`, a
function of a module); `_metadata_local`, which each request copies deep; `permission_allowed` and `absolute_url`, asked
for every link of a page; and, in a Database of ours, what is asked of the schema (`ImmutableDatabase.SCHEMA`),
`execute` (a total order, a whole CSV), `execute_fn`, `connect` and `close`. A hook can add to these; none can
answer instead.

What Datasette 1.0 will need (the requirements say `datasette<1`): its permission hooks give SQL
(`permission_resources_sql`), so the cached `permission_allowed` goes; `metadata.json` becomes metadata and
`datasette.yaml`, read by `_metadata_local` in presentation.py, assistants.py and responses.py; each name above has
to be looked for again, and `pint`, which app.py keeps from being read, too; JSON answers have another default shape;
`handle_exception`, `asgi_wrapper`, `prepare_connection`, `filters_from_request` and `render_cell` stay. Whether its
pages and CSV streams still lose rows and errors is told by tests/server/: what then passes without `execute` can go.
"""

from __future__ import annotations

from datasette import handle_exception
from datasette.plugins import pm

from openplans.server.plugins import (
    admission,
    arguments,
    assistants,
    authorizer,
    database,
    errors,
    ordering,
    presentation,
    redirects,
    search,
)

MODULES = (authorizer, arguments, ordering, search, presentation, errors, database, redirects, assistants, admission)
"""In the order of registration; admission.py is the outermost wrapper."""


def register() -> None:
    """Register the plugins with Datasette, once a process."""
    if pm.is_registered(handle_exception):
        pm.unregister(handle_exception)  # it prints a traceback for every bad query; errors.py has a word for each
    for module in MODULES:
        if not pm.is_registered(module):
            pm.register(module)
