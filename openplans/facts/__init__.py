"""Packages -> what is known of them: one joined, typed model that every later room reads (model.py)."""
