"""What intake has to say of a draft: what it mended, how it read, what it could not read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from somswd_kg.drafts.notes import Note, NoteCode, NoteKind
from somswd_kg.model import Place

__all__ = ["IntakeCode", "Remark"]


class IntakeCode(StrEnum):
    """Name a remark that concerns more than the text of one cell."""

    UNKNOWN_SHEET = "unknown-sheet"  # name, near
    MISSING_SHEET = "missing-sheet"  # name
    SECOND_SHEET = "second-sheet"  # name, first
    MISSING_COLUMN = "missing-column"  # name
    COLUMN_WITHOUT_HEADING = "column-without-heading"  # column
    NO_HEADINGS = "no-headings"  # name
    UNKNOWN_COLUMN = "unknown-column"  # heading, near
    DUPLICATE_HEADING = "duplicate-heading"  # heading, first
    DUPLICATE_ROW = "duplicate-row"  # first
    UNKNOWN_NAME = "unknown-name"  # written, near
    SAID_OTHERWISE = "said-otherwise"  # column
    OTHER_CASE = "other-case"  # written, meant
    AMBIGUOUS_NAME = "ambiguous-name"  # written, candidates
    AMBIGUOUS_CODE = "ambiguous-code"  # written, candidates
    SEVERAL_BY_COMMA = "several-by-comma"  # written
    SEVERAL_NAMES = "several-names"  # written
    FORMULA_WITHOUT_VALUE = "formula-without-value"  # formula
    FORMULA_READ = "formula-read"  # formula, value
    CELL_ERROR = "cell-error"  # written
    MERGED = "merged"  # from
    HIDDEN_ROW = "hidden-row"
    HIDDEN_COLUMN = "hidden-column"
    HIDDEN_SHEET = "hidden-sheet"
    EXAMPLE_ROW = "example-row"
    NOT_A_TRUTH_VALUE = "not-a-truth-value"  # written
    NOT_AN_IRI = "not-an-iri"  # written
    NO_PLAN = "no-plan"
    NO_CODE = "no-code"
    CODE_TAKEN = "code-taken"  # code, first


REFUSING = frozenset(
    (
        IntakeCode.UNKNOWN_NAME,
        IntakeCode.AMBIGUOUS_NAME,
        IntakeCode.AMBIGUOUS_CODE,
        IntakeCode.SEVERAL_NAMES,
        IntakeCode.FORMULA_WITHOUT_VALUE,
        IntakeCode.CELL_ERROR,
        IntakeCode.NOT_A_TRUTH_VALUE,
        IntakeCode.NOT_AN_IRI,
    )
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on a place of the draft.

    Attributes:
        code: Which: an `IntakeCode`, a `NoteCode`, or the code of a reader's notice.
        place: Where; None for the file as a whole.
        params: What its sentence names.
    """

    code: str
    place: Place | None
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of_note(cls, note: Note, place: Place) -> Remark:
        """Make a remark of what was noted while a cell's text was read."""
        return cls(note.code, place, note.params)

    @property
    def refuses(self) -> bool:
        """Tell whether the cell holds something that gave no value."""
        if isinstance(self.code, NoteCode):
            return self.code.kind is NoteKind.REFUSED
        return self.code in REFUSING
