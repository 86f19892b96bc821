"""Data packages: reading them, linking them with each other, all of them as one dataset."""
