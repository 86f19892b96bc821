"""Changes to the code that a test should notice: mutation testing of what judges, derives, links and counts.

Comes in: modules of openplans. Goes out: how many of the changes no test noticed, and which: `make mutants`. A small
harness of our own: the tools there are start Python anew or copy the tree for each change, and here a test of a rule
takes a tenth of a second once what Frictionless said of its fixture is kept.
"""
