"""The templates of pages and files, compiled into the store of compiled templates (text/i18n.py).

Comes in: nothing. Goes out: nothing: to import it is to compile. The process that all others of a build are copies of
imports it (artifacts/executor.py) while this one reads and checks and a second core would be idle; else each of them
would compile every template for itself.
"""

from openplans.paths import HOUSE
from openplans.text import i18n

i18n.compile_templates(HOUSE / "templates")
