"""From a document to a plan: receiving it, cutting its clauses, proposing rows, deciding about them at the desk.

Comes in: a file as it was saved, and the registry. Goes out: a package, and proposals beside its tables. Apart, because
whatever is here only proposes: the tables hold what a person has approved, and the rules judge that alone.
"""
