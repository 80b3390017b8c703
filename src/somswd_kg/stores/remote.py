"""Any SPARQL 1.1 endpoint as a store: queries, updates and the Graph Store Protocol."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from somswd_kg.errors import EndpointError, QueryError
from somswd_kg.ports import Row, Solutions
from somswd_kg.shacl.groups import outline
from somswd_kg.stores.addresses import Addresses
from somswd_kg.stores.answers import read_boolean, read_rows
from somswd_kg.stores.connections import shown
from somswd_kg.stores.constructing import fill_in, split_construct
from somswd_kg.stores.contents import graph_node
from somswd_kg.stores.credentials import Credentials
from somswd_kg.stores.loading import Progress
from somswd_kg.stores.paging import MANY_ROWS, looks_cut, page, says_cut
from somswd_kg.stores.sending import triples_by_graph
from somswd_kg.stores.sources import open_source
from somswd_kg.stores.transport import Answer, Limits, Transport
from somswd_kg.stores.wrapper import GuardedWrapper
from somswd_kg.terms import NamedNode, Triple

__all__ = ["RemoteStore"]

_LISTING = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_NOWHERE = "urn:x-somswd-kg:nowhere"
_OWN_GRAPHS_OF_SERVERS = (
    "http://localuriqaserver/sparql",
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/ns/ldp#",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
)
_SYSTEM_SERVERS = ("virtuoso",)


class RemoteStore:
    """Use an endpoint that somebody else runs.

    Args:
        endpoint: The address for queries.
        update: The address for updates; guessed from the first when left out.
        data: The address of the Graph Store Protocol; guessed when left out.
        graphs: The named graphs to use; None for all that the server lists, asked once.
        credentials: Who we are; read from the environment when left out.
        limits: Time, size and tries of a request.
        sleep: How to wait between two tries.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        update: str | None = None,
        data: str | None = None,
        graphs: Sequence[str] | None = None,
        credentials: Credentials | None = None,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.addresses = Addresses.of(endpoint, update, data)
        who = Credentials.from_environment(os.environ) if credentials is None else credentials
        self._transport = Transport(who, limits or Limits(), sleep)
        self._hide = who.hide
        self._given = None if graphs is None else tuple(dict.fromkeys(graphs))
        self._listed: tuple[str, ...] | None = None
        self._whole_below: int | None = None
        self.product = ""
        """What the server calls itself; nothing before it has answered."""
        for name in self._given or ():
            graph_node(name)

    @property
    def name(self) -> str:
        """Give the address for queries, fit to be shown."""
        return self._hide(shown(self.addresses.query))

    def select(self, query: str, *, graphs: Sequence[str] | None = None) -> Solutions:
        """Run a SELECT, page by page where the server gives only part of the answer."""
        return self._select(query, self._dataset(graphs))

    def ask(self, query: str, *, graphs: Sequence[str] | None = None) -> bool:
        """Run an ASK."""
        answer = self._query(query, self._dataset(graphs))
        return read_boolean(answer, self.addresses.query, self._hide)

    def construct(self, query: str, *, graphs: Sequence[str] | None = None) -> Iterator[Triple]:
        """Run a CONSTRUCT through a SELECT, since servers cut a CONSTRUCT without a word.

        Raises:
            QueryError: It is a DESCRIBE.
        """
        select, head = split_construct(query)
        return fill_in(head, self.select(select, graphs=graphs))

    def update(self, update: str) -> None:
        """Run a SPARQL Update; it names its graphs itself, and is never sent twice."""
        wrapper = GuardedWrapper(self.addresses.for_updates(), self._transport, changes=True)
        with wrapper.ask(update, {}).body:
            self._listed = None

    def load(
        self,
        source: str | Path | None = None,
        *,
        text: str | bytes | None = None,
        format: str | None = None,
        graph: str | None = None,
        base: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Add a file, or a text with its format, to a graph (None: the graphs that it names).

        It is read here first, so that one that does not parse is not sent at all.
        """
        self._send("POST", source, text, format, graph, base)
        if progress is not None:
            progress(1, 1)

    def replace_graph(
        self,
        graph: str,
        source: str | Path | None = None,
        *,
        text: str | bytes | None = None,
        format: str | None = None,
        base: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Put a file, or a text with its format, in the place of a graph, in one request."""
        self._send("PUT", source, text, format, graph, base)
        if progress is not None:
            progress(1, 1)

    def graph_names(self) -> tuple[str, ...]:
        """List the named graphs that are used: those given, or all that the server lists."""
        if self._given is not None:
            return tuple(sorted(self._given))
        if self._listed is None:
            answer = self._query(_LISTING, {})
            is_own = any(
                name in answer.headers.get("server", "").lower() for name in _SYSTEM_SERVERS
            )
            found = self._all_rows(_LISTING, {}, answer)
            names = {term.value for (term,) in found if isinstance(term, NamedNode)}
            self._listed = tuple(sorted(names - {*(_OWN_GRAPHS_OF_SERVERS if is_own else ())}))
        return self._listed

    def _dataset(self, graphs: Sequence[str] | None) -> dict[str, list[str]]:
        names = list(self.graph_names() if graphs is None else dict.fromkeys(graphs))
        for name in names:
            graph_node(name)
        return {"default-graph-uri": names or [_NOWHERE], "named-graph-uri": names or [_NOWHERE]}

    def _query(self, query: str, parameters: Mapping[str, list[str]]) -> Answer:
        wrapper = GuardedWrapper(self.addresses.query, self._transport, changes=False)
        answer = wrapper.ask(query, parameters)
        self.product = answer.headers.get("server", "")
        return answer

    def _select(self, query: str, parameters: Mapping[str, list[str]]) -> Solutions:
        answer = self._query(query, parameters)
        return self._all_rows(query, parameters, answer)

    def _all_rows(
        self, query: str, parameters: Mapping[str, list[str]], answer: Answer
    ) -> Solutions:
        first = read_rows(answer, self.addresses.query, self._hide)
        wanted = _columns(query)
        if wanted is not None and wanted != set(first.variables):
            raise EndpointError(
                f"it answers with the columns {', '.join(first.variables) or 'of nothing'}, "
                "which were not asked for",
                path=self._hide(self.addresses.query),
                hint="check that this is the address of a SPARQL 1.1 endpoint",
            )
        rows = list(first.rows)
        if not self._may_be_cut(len(rows), answer.headers):
            return Solutions(first.variables, rows)
        return Solutions(first.variables, self._pages(query, parameters, first.variables, rows))

    def _may_be_cut(self, count: int, headers: Mapping[str, str]) -> bool:
        if says_cut(headers):
            return True
        if not looks_cut(count):
            return False
        if self._whole_below is None:
            self._whole_below = self._probe()
        return count >= self._whole_below

    def _probe(self) -> int:
        """Ask for more rows than servers usually give at once; count what comes."""
        try:
            answer = self._query(MANY_ROWS, self._dataset([]))
            return sum(1 for _ in read_rows(answer, self.addresses.query, self._hide))
        except EndpointError:
            return 0

    def _pages(
        self,
        query: str,
        parameters: Mapping[str, list[str]],
        variables: tuple[str, ...],
        first: list[Row],
    ) -> Iterator[Row]:
        """Give all rows: at once if nothing follows the first answer, else page by page."""
        size = max(len(first), 1)
        following = self._page(query, parameters, variables, size, size)
        if not following:
            yield from first
            return
        # The first answer came in no order, so the pages begin anew.
        yield from self._page(query, parameters, variables, size, 0)
        offset = size
        while True:
            yield from following
            if len(following) < size:
                return
            offset += size
            following = self._page(query, parameters, variables, size, offset)

    def _page(
        self,
        query: str,
        parameters: Mapping[str, list[str]],
        variables: tuple[str, ...],
        limit: int,
        offset: int,
    ) -> list[Row]:
        answer = self._query(page(query, variables, limit, offset), parameters)
        found = read_rows(answer, self.addresses.query, self._hide)
        places = [found.variables.index(name) for name in variables if name in found.variables]
        if len(places) != len(variables):
            raise EndpointError(
                "it gives other columns for a page than for the whole", path=self.addresses.query
            )
        return [tuple(row[place] for place in places) for row in found]

    def _send(
        self,
        method: str,
        source: str | Path | None,
        text: str | bytes | None,
        format: str | None,
        graph: str | None,
        base: str | None,
    ) -> None:
        opened = open_source(source, text=text, format=format, base=base)
        if graph is not None:
            graph_node(graph)
        address = self.addresses.for_data()
        for name, body in triples_by_graph(opened, graph):
            with body:
                url = f"{address}{'&' if '?' in address else '?'}" + (
                    "default" if name is None else f"graph={quote(name, safe='')}"
                )
                headers = {"Content-Type": "text/turtle; charset=utf-8", "Accept": "*/*"}
                self._transport.send(method, url, headers, body, changes=True).body.close()
        self._listed = None


def _columns(query: str) -> set[str] | None:
    """List the variables that a SELECT names; None where it asks for all, or is not understood."""
    try:
        found = outline(query)
    except QueryError:
        return None
    names = found.projected(found.top)
    return None if "*" in names else names
