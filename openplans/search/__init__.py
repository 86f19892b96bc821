"""The site's search: what can be found."""
