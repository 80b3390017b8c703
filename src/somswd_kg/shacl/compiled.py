"""A compiled shapes graph: read once, run on any store any number of times."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from somswd_kg.errors import ParameterError
from somswd_kg.ports import KeepsLiterals, Store
from somswd_kg.shacl.dialects import INSIDE, Dialect
from somswd_kg.shacl.exactness import Copies
from somswd_kg.shacl.plan import Plan, plan_of
from somswd_kg.shacl.rehearsal import Rehearsal, usable_workers
from somswd_kg.shacl.rehearsed import Tellers
from somswd_kg.shacl.report import Report
from somswd_kg.shacl.run import Explained, run
from somswd_kg.shacl.settings import Settings
from somswd_kg.terms import NamedNode, Term, Triple

__all__ = ["CompiledShapes"]


class CompiledShapes:
    """Shapes that are ready to run.

    Args:
        triples: The shapes graph, literals as written.

    Raises:
        ShapeError: A shape is ill-formed, recursive or asks for what is not supported.
    """

    __slots__ = ("plan", "triples")

    plan: Plan
    triples: tuple[Triple, ...]
    """The shapes graph, where a constraint reads it; else nothing."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        from somswd_kg.shacl.graph import ShapesGraph
        from somswd_kg.shacl.read import read_graph

        graph = ShapesGraph(triples)
        reading = read_graph(graph)
        self.plan = plan_of(reading.shapes, reading.queries, reading.rest)
        self.triples = graph.triples if self.reads_shapes else ()

    @property
    def constraints(self) -> int:
        """Count the constraints: a validation asks at most as many queries, and a few more."""
        return len(self.plan.checks)

    @property
    def reads_shapes(self) -> bool:
        """Say whether a constraint reads the shapes graph."""
        return self.plan.reads_shapes

    def narrowed(self, checks: Collection[int]) -> CompiledShapes:
        """Give the shapes with some of their checks alone, by number; the others were checked."""
        narrow = type(self).__new__(type(self))
        kept = tuple(check for i, check in enumerate(self.plan.checks) if i in checks)
        narrow.plan = replace(self.plan, checks=kept, patterns=(), queries=())
        narrow.triples = self.triples
        return narrow

    def rehearse(self, store: Store, focus: Sequence[str]) -> tuple[Rehearsal, Tellers] | None:
        """Write the queries of a run over a store of ours before the data in focus is there.

        Args:
            store: The data that is always there.
            focus: Graphs, which need not be there yet.

        Returns:
            What can be asked again and again, and what makes results of the answers; None where it
            has to be written anew each time.
        """
        if self.reads_shapes:
            return None
        from somswd_kg.shacl.rehearsing import rehearse

        settings = Settings(focus=tuple(focus), dialect=INSIDE)
        return rehearse(self.plan, store, settings)

    def validate(
        self,
        store: Store,
        *,
        graphs: Sequence[str] | None = None,
        focus: Sequence[str] | None = None,
        dialect: Dialect | None = None,
        subclasses: Iterable[tuple[Term, Term]] = (),
        shapes_graph: str | None = None,
        shapes_names: str | None = None,
        allow_empty: bool = False,
        details: bool = False,
        workers: int = 0,
        explained: list[Explained] | None = None,
        clock: Callable[[], float] | None = None,
        empty: Store | None = None,
    ) -> Report:
        """Validate a store against the shapes.

        Args:
            store: The data.
            graphs: The graphs whose union is the data; None for all that the store holds.
            focus: Graphs; only what is a subject in one of them is a target. The nodes that are
                reached from there, and those of nested shapes, may be anywhere.
            dialect: What the store needs; None to tell by its kind, without asking it.
            subclasses: Pairs of class and superclass that count beside those of the data.
            shapes_graph: The graph of the store that holds the shapes, for `$shapesGraph`.
            shapes_names: The graph of the store that tells the labels of their blank nodes.
            allow_empty: Whether a run in which no shape meets a focus node is no error.
            details: Whether a result says why its value does not fit a shape that is named.
            workers: How many queries may run beside each other; 0 for one for each processor
                when the store is in this process, and one otherwise.
            explained: Filled with what became of each query, where it is given.
            clock: What tells the time, for `explained`.
            empty: A store in this process that holds nothing. It parses the queries that no focus
                node needs, so that a server is asked only for those that are not SPARQL 1.1, and
                judges target nodes that are literals where a server would lose them.

        Raises:
            EmptyRunError: No shape met a focus node.
            ParameterError: The name of a graph is no absolute IRI.
            ShapeError: A constraint cannot run on this store.
        """
        for name in (*(graphs or ()), *(focus or ()), *((shapes_graph,) if shapes_graph else ())):
            _check_name(name)
        inside = isinstance(store, KeepsLiterals)
        settings = Settings(
            graphs=None if graphs is None else tuple(graphs),
            focus=tuple(focus or ()),
            dialect=dialect or (INSIDE if inside else Dialect()),
            shapes_graph=shapes_graph,
            shapes_names=shapes_names,
            subclass_pairs=tuple(subclasses),
            allow_empty=allow_empty,
            workers=workers or (usable_workers() if inside else 1),
            clock=clock,
            empty=empty,
        )
        copies = Copies()
        report = run(self.plan, store, settings, explained, copies)
        if not details:
            return report
        from somswd_kg.shacl.details import detailed

        return detailed(report, self.plan, store, settings, copies)


def _check_name(graph: str) -> None:
    try:
        NamedNode(graph)
    except ValueError as error:
        raise ParameterError(
            f"the graph name {graph!r} is no absolute IRI", hint="name graphs by whole IRIs"
        ) from error
