"""What can go wrong so that work cannot go on: where, what, and what to do.

The tree::

    SomswdError                 base of all; never raised itself
    ├── SourceError             a file or text that cannot be read (path, line, column)
    │   └── HeaderError         the header of a question file is not well formed
    ├── ShapeError              a shapes graph that is ill-formed, or that asks for what we lack
    ├── QueryError              a query that is refused or that does not parse
    ├── QueryTimeout            a query that was stopped
    ├── ParameterError          a name, code or value that does not exist (with the nearest ones)
    ├── EndpointError           a remote store that does not answer as SPARQL 1.1 says
    ├── StoreError              a store on disk that is locked, damaged or of another kind
    └── EmptyRunError           a validation in which no shape met a focus node

Bad data is not an error: it is a list of findings.
"""

from __future__ import annotations


class SomswdError(Exception):
    """Base of every error that a user can cause or mend.

    Args:
        what: What is wrong, in one clause, without a full stop.
        hint: What to do about it; empty when `what` says it all.
        path: The file, endpoint or query it is about; empty when there is none.
        line: 1-based line in `path`; 0 when unknown.
        column: 1-based column in that line; 0 when unknown.

    >>> print(SomswdError("it does not parse", path="a.ttl", line=3, column=7, hint="mend it"))
    a.ttl:3:7: it does not parse; mend it
    """

    def __init__(
        self, what: str, *, hint: str = "", path: str = "", line: int = 0, column: int = 0
    ) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.path = path
        self.line = line
        self.column = column

    @property
    def place(self) -> str:
        """Say where: `file:line:column`, as far as it is known."""
        parts = [self.path] if self.path else []
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)

    @property
    def headline(self) -> str:
        """Say where and what, without the hint."""
        return f"{self.place}: {self.what}" if self.place else self.what

    def __str__(self) -> str:
        return f"{self.headline}; {self.hint}" if self.hint else self.headline


class SourceError(SomswdError):
    """A file or text that cannot be read."""


class HeaderError(SourceError):
    """The header of a question file is not well formed."""


class ShapeError(SomswdError):
    """A shapes graph that is ill-formed, or that asks for what is not supported."""


class QueryError(SomswdError):
    """A query that is refused or that does not parse."""


class QueryTimeout(SomswdError):  # noqa: N818 - the field says time-out, as does the builtin
    """A query that was stopped because it took too long."""


class ParameterError(SomswdError):
    """A name, a code or a value that does not exist."""


class EndpointError(SomswdError):
    """A remote store that does not answer as SPARQL 1.1 says."""


class StoreError(SomswdError):
    """A store on disk that is locked, damaged or of another kind."""


class EmptyRunError(SomswdError):
    """A validation in which no shape met a focus node."""
