"""Make portfolios of plans: any number of them, seeded, with a stated rate of faults.

    python benchmarks/portfolio.py --plans 50 --faults 0.02 --seed 1 portfolio.nt

A plan has about 461 triples: one version, one vision, 4 goals, 8 outcomes, 12 outputs and 16
indicators with a baseline and a target each; 27, 272 and 2,716 plans make about 12,400, 125,000
and 1,250,000. A fault takes away or spoils one value; which, `FAULTS` says. The lines are
N-Triples, one at a time, so that memory does not grow with the portfolio.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

BASE = "https://w3id.org/somswd-kg/"
SWD = BASE + "ns#"
CODE = BASE + "code/"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
NOTATION = "<http://www.w3.org/2004/02/skos/core#notation>"
XSD = "http://www.w3.org/2001/XMLSchema#"

FAULTS = (
    "no-unit",
    "no-thai-label",
    "no-chain-link",
    "no-type",
    "two-directions",
    "bad-code",
    "year-outside",
    "target-equals-baseline",
    "buddhist-year",
    "not-a-number",
)
GROUPS = ("children", "persons-with-disabilities", "older-persons", "women")
UNITS = ("percent", "policy", "meeting", "person")
TYPES = ("activity", "output", "outcome")


def _iri(value: str) -> str:
    return f"<{value}>"


def _swd(name: str) -> str:
    return f"<{SWD}{name}>"


def _code(scheme: str, code: str) -> str:
    return f"<{CODE}{scheme}/{code}>"


def _typed(value: str, datatype: str) -> str:
    return f'"{value}"^^<{XSD}{datatype}>'


class Portfolio:
    """The lines of a portfolio; the same arguments give the same lines."""

    def __init__(self, plans: int, *, faults: float = 0.02, seed: int = 1) -> None:
        self.plans = plans
        self.faults = faults
        self.random = random.Random(seed)

    def fault(self, kind: str) -> bool:
        """Say whether this fault is planted here."""
        assert kind in FAULTS
        return self.random.random() < self.faults

    def lines(self) -> Iterator[str]:
        """Give the triples, one line each, with the line's end."""
        for number in range(self.plans):
            for subject, predicate, value in self.plan(number):
                yield f"{subject} {predicate} {value} .\n"

    def labels(self, subject: str, english: str, thai: str) -> Iterator[tuple[str, str, str]]:
        """Give both labels, or one where the fault is planted."""
        yield subject, LABEL, f'"{english}"@en'
        if not self.fault("no-thai-label"):
            yield subject, LABEL, f'"{thai}"@th'

    def plan(self, number: int) -> Iterator[tuple[str, str, str]]:
        """Give the triples of one plan."""
        start = 2000 + 5 * (number % 6) + 1
        root = f"{BASE}id/plan-{number}/v1"
        version = _iri(root)
        yield version, RDF_TYPE, _swd("PlanVersion")
        yield version, _swd("startYear"), _typed(str(start), "gYear")
        yield version, _swd("endYear"), _typed(str(start + 4), "gYear")
        yield version, _swd("hasOwner"), _iri(f"{BASE}id/body/somswd")
        yield from self.labels(version, f"Plan {number}", f"แผนงานที่ {number}")
        vision = _iri(f"{root}/vision/1")
        yield vision, RDF_TYPE, _swd("Vision")
        yield vision, _swd("describedIn"), version
        yield from self.labels(vision, f"vision {number}", f"วิสัยทัศน์ {number}")
        for goal in range(1, 5):
            yield from self.element(root, "Goal", "goal", f"2.{goal}", "เป้าหมาย")
        for outcome in range(1, 9):
            yield from self.element(root, "Outcome", "outcome", f"3.2.{outcome}", "ผลลัพธ์")
            if not self.fault("no-chain-link"):
                goal_iri = _iri(f"{root}/goal/2.{(outcome - 1) % 4 + 1}")
                yield _iri(f"{root}/outcome/3.2.{outcome}"), _swd("contributesTo"), goal_iri
        for output in range(1, 13):
            yield from self.element(root, "Output", "output", f"3.1.{output}", "ผลผลิต")
            if not self.fault("no-chain-link"):
                outcome_iri = _iri(f"{root}/outcome/3.2.{(output - 1) % 8 + 1}")
                yield _iri(f"{root}/output/3.1.{output}"), _swd("leadsTo"), outcome_iri
        for indicator in range(1, 17):
            yield from self.indicator(root, indicator, start)

    def element(
        self, root: str, cls: str, kind: str, code: str, thai: str
    ) -> Iterator[tuple[str, str, str]]:
        """Give what every element has: its class, version, code, labels and a group."""
        subject = _iri(f"{root}/{kind}/{code}")
        yield subject, RDF_TYPE, _swd(cls)
        yield subject, _swd("describedIn"), _iri(root)
        spoilt = "?" if self.fault("bad-code") else ""
        yield subject, NOTATION, f'"{code}{spoilt}"'
        yield from self.labels(subject, f"{kind} {code}", f"{thai} {code}")
        group = self.random.choice(GROUPS)
        yield subject, _swd("hasTargetGroup"), _code("target-group", group)

    def indicator(self, root: str, number: int, start: int) -> Iterator[tuple[str, str, str]]:
        """Give an indicator with its baseline and its targets."""
        subject = _iri(f"{root}/indicator/5.1.{number}")
        yield from self.element(root, "Indicator", "indicator", f"5.1.{number}", "ตัวชี้วัด")
        measured = (
            f"{root}/outcome/3.2.{(number - 1) // 2 + 1}"
            if number % 2
            else f"{root}/output/3.1.{(number - 1) % 12 + 1}"
        )
        yield subject, _swd("measures"), _iri(measured)
        if not self.fault("no-type"):
            kind = self.random.choice(TYPES[1:] if number % 2 else TYPES)
            yield subject, _swd("hasIndicatorType"), _code("indicator-type", kind)
        if not self.fault("no-unit"):
            yield subject, _swd("hasUnit"), _code("unit", self.random.choice(UNITS))
        yield subject, _swd("hasDirection"), _code("direction", "increase")
        if self.fault("two-directions"):
            yield subject, _swd("hasDirection"), _code("direction", "decrease")
        low = self.random.randint(1, 50)
        high = low if self.fault("target-equals-baseline") else low + self.random.randint(1, 50)
        baseline = _iri(f"{root}/baseline/5.1.{number}")
        yield baseline, RDF_TYPE, _swd("Baseline")
        yield baseline, _swd("isBaselineOf"), subject
        yield baseline, _swd("value"), self.number(low)
        yield baseline, _swd("year"), self.year(start - 1)
        target = _iri(f"{root}/target/5.1.{number}")
        yield target, RDF_TYPE, _swd("Target")
        yield target, _swd("isTargetOf"), subject
        yield target, _swd("value"), self.number(high)
        year = start + 9 if self.fault("year-outside") else start + 4
        yield target, _swd("year"), self.year(year)

    def number(self, value: int) -> str:
        """Give a decimal, or a text where the fault is planted."""
        if self.fault("not-a-number"):
            return f'"{value} persons"'
        return _typed(f"{value}.0", "decimal")

    def year(self, value: int) -> str:
        """Give a year of the Common Era, or of the Buddhist one where the fault is planted."""
        return _typed(str(value + 543 if self.fault("buddhist-year") else value), "gYear")


def write(path: Path, plans: int, *, faults: float = 0.02, seed: int = 1) -> int:
    """Write a portfolio and give the number of its triples."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in Portfolio(plans, faults=faults, seed=seed).lines():
            file.write(line)
            count += 1
    return count


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=50)
    parser.add_argument("--faults", type=float, default=0.02)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("path", type=Path)
    arguments = parser.parse_args()
    count = write(arguments.path, arguments.plans, faults=arguments.faults, seed=arguments.seed)
    print(f"{count} triples in {arguments.path}")


if __name__ == "__main__":
    main()
