"""The addresses of a remote store: for queries, for updates, for whole graphs."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlunsplit

from somswd_kg.errors import EndpointError
from somswd_kg.stores.connections import take_apart

__all__ = ["Addresses"]

# What servers call the others when the query address ends like this: Oxigraph, Fuseki and
# others; Virtuoso without and with signing on.
_SIBLINGS = {
    "/query": ("/update", "/store"),
    "/sparql": ("/sparql", "/sparql-graph-crud"),
    "/sparql-auth": ("/sparql-auth", "/sparql-graph-crud-auth"),
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Name where a store is asked, changed and loaded.

    Attributes:
        query: The address for queries.
        update: The address for updates; empty where it is not known.
        data: The address of the Graph Store Protocol; empty where it is not known.
    """

    query: str
    update: str = ""
    data: str = ""

    @classmethod
    def of(cls, query: str, update: str | None = None, data: str | None = None) -> Addresses:
        """Complete the addresses that are given by those that servers usually have.

        Raises:
            EndpointError: One that is given is none of a web server.

        >>> Addresses.of("http://localhost:7878/query").data
        'http://localhost:7878/store'
        """
        for given in filter(None, (update, data)):
            take_apart(given)
        parts = take_apart(query)
        path = parts.path.rstrip("/")
        found = {"update": update or "", "data": data or ""}
        for ending, others in sorted(_SIBLINGS.items(), reverse=True):
            if path.endswith(ending):
                for name, other in zip(found, others, strict=True):
                    guessed = path.removesuffix(ending) + other
                    found[name] = found[name] or urlunsplit(
                        (parts.scheme, parts.netloc, guessed, "", "")
                    )
                break
        return cls(query, found["update"], found["data"])

    def for_updates(self) -> str:
        """Give the address for updates, or say how to give it."""
        return self.update or self._ask_for("updates", "update=...")

    def for_data(self) -> str:
        """Give the address for whole graphs, or say how to give it."""
        return self.data or self._ask_for("whole graphs", "data=...")

    def _ask_for(self, what: str, option: str) -> str:
        raise EndpointError(
            f"its address for {what} is not known", path=self.query, hint=f"give it by {option}"
        )
