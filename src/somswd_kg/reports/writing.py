"""Reports as files: one for each form, named after the draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from somswd_kg.errors import ParameterError, SourceError
from somswd_kg.language import Language, Text
from somswd_kg.model import FindingReport
from somswd_kg.reports.findings import SUFFIXES, render_findings

__all__ = ["Written", "write_reports"]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        paths: The files.
        notices: What a reader has to know of them.
    """

    paths: tuple[Path, ...]
    notices: tuple[Text, ...] = ()


def write_reports(
    report: FindingReport,
    formats: Iterable[str],
    folder: Path,
    language: Language,
    draft: Path | None = None,
) -> Written:
    """Write a report in several forms into a folder, which is made where there is none.

    Args:
        report: What was found.
        formats: Names in `SUFFIXES`.
        folder: Where to.
        language: Of the reader.
        draft: What was checked; `xlsx` hands this back.

    Returns:
        The files, in the order of the formats, and what could not be shown in one of them.

    Raises:
        SourceError: The folder cannot be written to.
        ParameterError: `xlsx` is asked for and the draft is no workbook.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(f"it cannot be made: {reason}", path=str(folder)) from error
    stem = f"{draft.stem}-findings" if draft else "findings"
    written: list[Path] = []
    notices: tuple[Text, ...] = ()
    for name in dict.fromkeys(formats):
        path = folder / f"{stem}{SUFFIXES[name]}"
        if name == "xlsx":
            if draft is None:
                raise ParameterError("only a workbook can be handed back", hint="name the draft")
            from somswd_kg.reports.findings_xlsx import hand_back_findings

            notices = hand_back_findings(report, draft, path, language)
        else:
            from somswd_kg.formats.files import write_beside

            write_beside(path, _content(report, name, language))
        written.append(path)
    return Written(tuple(written), notices)


def _content(report: FindingReport, name: str, language: Language) -> bytes:
    if name == "comments":
        from somswd_kg.reports.comment_sheet import comment_sheet

        return comment_sheet(report, language)
    return render_findings(report, name, language).encode("utf-8")
