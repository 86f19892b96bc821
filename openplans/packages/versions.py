"""A version of the data as numbers that compare, for whoever asks which of two is newer."""

from __future__ import annotations


def numbers(version: object) -> tuple[int, ...]:
    """(1, 10, 0) of "1.10.0", which is newer than 1.9.0. Parts that are no numbers are left out: a descriptor may have
    them, or an old commit."""
    return tuple(int(each) for each in str(version).split(".") if each.isascii() and each.isdecimal())
