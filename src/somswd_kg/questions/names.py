"""Short names: how an IRI is written for people, and which IRI a person means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from somswd_kg.errors import ParameterError
from somswd_kg.namespaces import BASE, PREFIXES
from somswd_kg.ports import Store
from somswd_kg.terms import NamedNode

__all__ = ["Names", "prefixed", "short_name"]

_ID, _CODE = BASE + "id/", BASE + "code/"
_NO_PLAN = ("agent", "body", "collective", "country", "event", "framework", "post", "source")
_ELEMENT = re.compile(r"(?P<plan>[^/]+)/(?P<version>[^/]+)/(?P<kind>[a-z-]+)/(?P<key>.+)\Z")
_ABSOLUTE = re.compile(r"<?([A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+)>?\Z")
_KEY = re.compile(r"[\w.%~()/@+-]+\Z")
_MOST = 5_000
"""Names to search for a near one."""


def prefixed(iri: str) -> str:
    """Write an IRI with the longest prefix that fits, else between angle brackets.

    >>> prefixed("https://w3id.org/somswd-kg/code/target-group/women")
    'group:women'
    """
    fitting = [(len(base), name) for name, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return f"<{iri}>"
    length, name = max(fitting)
    return f"{name}:{iri[length:]}"


def short_name(iri: str) -> str:
    """Write an IRI as a person would type it.

    >>> short_name("https://w3id.org/somswd-kg/id/somswd-2021-2025/draft-2022-02/outcome/3.2.1")
    'outcome:3.2.1'
    >>> short_name("https://w3id.org/somswd-kg/code/target-group/older-persons")
    'older-persons'
    >>> short_name("https://w3id.org/somswd-kg/id/body/acwc")
    'acwc'
    """
    if iri.startswith(_CODE):
        return iri.rpartition("/")[2]
    if not iri.startswith(_ID):
        return prefixed(iri) if iri.startswith(tuple(PREFIXES.values())) else iri
    path = iri[len(_ID) :]
    first, _, rest = path.partition("/")
    if first == "body":
        return rest
    if first in _NO_PLAN:
        return prefixed(iri)
    element = _ELEMENT.match(path)
    return f"{element['kind']}:{element['key']}" if element else path


class Names:
    """Look names up among what a store holds.

    Args:
        store: Where things are.
        plan: The plan that a bare `outcome:3.2.1` belongs to; None when any may be meant.
    """

    def __init__(self, store: Store, plan: NamedNode | None = None) -> None:
        self._store = store
        self._plan = plan

    def find(self, text: str, kind: str = "iri") -> NamedNode:
        """Find the one thing that a name means.

        Args:
            text: A short name, a prefixed name or an IRI.
            kind: `plan`, `element`, `body`, `code:SCHEME`, or `iri` for anything.

        Raises:
            ParameterError: Nothing is called so, or more than one thing.
        """
        name = text.strip()
        found = self._existing(self._candidates(name, kind), kind)
        if len(found) == 1:
            return NamedNode(found[0])
        if found:
            known = ", ".join(sorted(found))
            raise ParameterError(
                f"'{text}' means {len(found)} things", hint=f"write one of {known}"
            )
        what = {"iri": "thing"}.get(kind) or kind.replace("code:", "code of ")
        from somswd_kg.drafts.similar import nearest

        near = [hit.text for hit in nearest(name, self._known(kind), 3, least=55)]
        hint = f"did you mean {', '.join(near)}?" if near else _HINTS.get(kind.split(":")[0], "")
        raise ParameterError(f"there is no {what} '{text}'", hint=hint)

    # -- candidates -----------------------------------------------------------------------

    def _candidates(self, name: str, kind: str) -> list[str]:
        whole = _ABSOLUTE.match(name)
        if whole and (name.startswith("<") or "://" in name or name.startswith("urn:")):
            return [whole[1]]
        prefix, colon, local = name.partition(":")
        if colon and prefix in PREFIXES and _KEY.match(local):
            return [PREFIXES[prefix] + local, *self._elements(prefix, local)]
        if colon:
            return self._elements(prefix, local) if _KEY.match(local) else []
        if not _KEY.match(name):
            return []
        return list(self._bare(name, kind))

    def _bare(self, name: str, kind: str) -> Iterator[str]:
        key = name.lower()
        if kind.startswith("code:"):
            yield f"{_CODE}{kind.removeprefix('code:')}/{key}"
        if kind in ("plan", "iri"):
            yield _ID + key
        if kind in ("body", "iri"):
            for folder in ("body", "collective", "agent"):
                yield f"{_ID}{folder}/{key}"
        if kind == "iri":
            for scheme in self._column("?c skos:inScheme ?s", "s"):
                yield f"{scheme}/{key}" if scheme.startswith(_CODE) else f"{_CODE}{scheme}/{key}"
            for folder in ("source", "event", "framework", "country"):
                yield f"{_ID}{folder}/{key}"
            yield f"{BASE}ns#{name}"

    def _elements(self, kind: str, key: str) -> list[str]:
        pattern = "?v a swd:PlanVersion"
        if self._plan is not None:
            pattern += f" ; dcterms:isVersionOf {self._plan}"
        return [f"{version}/{kind}/{key}" for version in self._column(pattern, "v")]

    # -- what exists ----------------------------------------------------------------------

    def _existing(self, candidates: Iterable[str], kind: str) -> list[str]:
        wanted = list(dict.fromkeys(candidates))
        if not wanted:
            return []
        rows = " ".join(str(NamedNode(iri)) for iri in wanted)
        pattern = f"VALUES ?x {{ {rows} }} FILTER EXISTS {{ ?x ?p ?o }}"
        if kind == "plan":
            pattern = f"VALUES ?x {{ {rows} }} ?x a swd:Plan"
        elif kind.startswith("code:"):
            scheme = kind.removeprefix("code:")
            pattern += f' FILTER(STRSTARTS(STR(?x), "{_CODE}{scheme}/"))'
        return self._column(pattern, "x")

    def _known(self, kind: str) -> list[str]:
        """List the short names of a kind, to find near ones."""
        if kind == "plan":
            pattern = "?x a swd:Plan"
        elif kind == "body":
            pattern = "?x a/rdfs:subClassOf* swd:Body"
        elif kind == "element":
            pattern = "?x swd:describedIn ?v"
        elif kind.startswith("code:"):
            start = f"{_CODE}{kind.removeprefix('code:')}/"
            pattern = f'?x a skos:Concept FILTER(STRSTARTS(STR(?x), "{start}"))'
        else:
            pattern = f'?x a ?t FILTER(isIRI(?x) && STRSTARTS(STR(?x), "{BASE}"))'
        return [short_name(iri) for iri in self._column(pattern, "x", most=_MOST)]

    def _column(self, pattern: str, name: str, most: int = 0) -> list[str]:
        limit = f" LIMIT {most}" if most else ""
        query = f"{_PREFIXES} SELECT DISTINCT ?{name} WHERE {{ {pattern} }} ORDER BY ?{name}{limit}"
        rows = self._store.select(query)
        return [term.value for (term,) in rows if isinstance(term, NamedNode)]


_PREFIXES = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("dcterms", "rdfs", "skos", "swd")
)
_HINTS = {
    "element": "write kind:key, such as outcome:3.2.1",
    "code": "write a code of the scheme, such as older-persons",
    "plan": "somswd-kg sparql 'SELECT ?plan { ?plan a <https://w3id.org/somswd-kg/ns#Plan> }'",
}
