"""Why a text of JUEL has no FEEL."""

from __future__ import annotations


class NotTranslatable(Exception):
    """`reason` is a sentence for people without its full stop; `java` when only Java could answer."""

    def __init__(self, reason: str, java: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.java = java
