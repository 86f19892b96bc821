"""What is made, by whom and how it is kept: every file of the site, the downloads and charts is an artifact.

digests.py says what an artifact is made of, store.py keeps it by that, executor.py is where work is done, builder.py
makes what is not kept. Charts, downloads, search and pages are made through it.
"""
