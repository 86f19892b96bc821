"""What can be mended without guessing: cells, tables, descriptors, spreadsheets that come back."""
