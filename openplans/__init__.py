"""Open Plans: government plans as validated open data, and the site made from them."""
