"""From pages and files to the published site."""


class PublishError(Exception):
    """A tool of the last steps failed; the message is what it printed."""
