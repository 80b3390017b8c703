"""What readers say of a file as a whole, as codes; their sentences are made elsewhere."""

from __future__ import annotations

from enum import StrEnum

from somswd_kg.drafts.grid import Notice

__all__ = ["NoticeCode", "notice"]


class NoticeCode(StrEnum):
    """Name a remark on a file; the members' comments list its values."""

    WRONG_EXTENSION = "wrong-extension"  # found, kind
    MACROS_NOT_RUN = "macros-not-run"  # part
    LINKS_NOT_FOLLOWED = "links-not-followed"  # count: links to other workbooks
    SHEET_WITHOUT_CELLS = "sheet-without-cells"  # sheet, kind: a chart or dialogue sheet
    ROWS_OUT_OF_ORDER = "rows-out-of-order"  # sheet, row
    CELL_TWICE = "cell-twice"  # sheet, row, column: the last one counts
    TEXT_CUT = "text-cut"  # sheet, row, column, length, most
    MERGES_CUT = "merges-cut"  # sheet, most
    ENCODING = "encoding"  # path, encoding
    ENCODING_DOUBTFUL = "encoding-doubtful"  # path, encoding
    DELIMITER = "delimiter"  # path, delimiter
    FILE_IGNORED = "file-ignored"  # path
    FILE_NAME_DECODED = "file-name-decoded"  # path, encoding
    COMMENT_KEPT = "comment-kept"  # sheet, cell: has a comment already, so ours is not added
    FINDINGS_NOT_READ = "findings-not-read"  # sheet: one that an earlier check added
    SIGNATURE_BROKEN = "signature-broken"


def notice(code: NoticeCode, **values: object) -> Notice:
    """Make a notice; the values become text.

    >>> notice(NoticeCode.ENCODING, path="plan.csv", encoding="windows-874").code
    <NoticeCode.ENCODING: 'encoding'>
    """
    return Notice(code, tuple((name, str(value)) for name, value in values.items()))
