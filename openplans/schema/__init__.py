"""The contract of the data: tables, columns, their words and codes, in JSON by kind of package."""
