"""Rows -> rows, no words: what the pages and charts show, computed once."""
