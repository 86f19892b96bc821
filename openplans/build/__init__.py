"""From pages and files to the published site."""
