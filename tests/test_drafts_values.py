"""Years, dates, numbers and targets are read as officials write them; no guess that could lie."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from somswd_kg.drafts.dates import date_from_serial, read_date
from somswd_kg.drafts.notes import NoteCode, NoteKind, Reading
from somswd_kg.drafts.periods import Period, PeriodKind, read_period, read_year
from somswd_kg.drafts.targets import Target, read_target
from somswd_kg.drafts.values import Quantity, read_number
from somswd_kg.drafts.waiting import read_waiting
from somswd_kg.drafts.words import Change, Comparison, Span, Waiting

YEARS = [
    ("2568", 2025),
    ("พ.ศ. 2568", 2025),
    ("พ.ศ.๒๕๖๘", 2025),
    ("พศ 2568", 2025),
    ("๒๕๖๘", 2025),
    ("B.E. 2568", 2025),
    ("2025", 2025),
    ("ค.ศ. 2025", 2025),
    ("2025 CE", 2025),
    ("2568.0", 2025),
    ("2,568", 2025),
    ("ปี 68", 2025),
    ("'68", 2025),
    ("68", 2025),
    ("พ.ศ. 25", 1982),
    ("ค.ศ. 25", 2025),
    ("ปี พ.ศ. 2568", 2025),
    ("ปีงบประมาณ พ.ศ. 2568", 2025),
    ("FY2025", 2025),
    ("2568 (2025)", 2025),
    ("พ.ศ. 2568 (ค.ศ. 2025)", 2025),
    ("2025/2568", 2025),
    ("22 ก.ย. 64", 2021),
    ("ก.ย. 64", 2021),
    ("2568-09", 2025),
]
NO_YEARS = [
    ("พ.ศ. 2025", NoteCode.ERA_CONFLICT),
    ("ค.ศ. 2568", NoteCode.ERA_CONFLICT),
    ("2568 (2024)", NoteCode.ERA_CONFLICT),
    ("25", NoteCode.YEAR_AMBIGUOUS),
    ("ปี 25", NoteCode.YEAR_AMBIGUOUS),
    ("ค.ศ. 64", NoteCode.YEAR_AMBIGUOUS),
    ("2300", NoteCode.YEAR_OUT_OF_RANGE),
    ("2564-68", NoteCode.SEVERAL_YEARS),
    ("ปีหน้า", NoteCode.NOT_A_YEAR),
    ("TBC", NoteCode.WAITING_WORD),
    ("", NoteCode.EMPTY),
]


@pytest.mark.parametrize(("text", "year"), YEARS)
def test_a_year_of_either_era_is_read(text: str, year: int) -> None:
    assert read_year(text).value == year


@pytest.mark.parametrize(("text", "code"), NO_YEARS)
def test_a_year_that_could_be_two_is_not_read(text: str, code: NoteCode) -> None:
    reading = read_year(text)

    assert (reading.value, reading.codes[-1]) == (None, code)


def test_how_a_year_was_decided_is_said_with_both_eras() -> None:
    assert read_year("2568").notes[0].params == (
        ("written", "2568"),
        ("buddhist", "2568"),
        ("year", "2025"),
    )
    assert read_year("2025").notes == ()


def _period(start: str, end: str, kind: PeriodKind) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end), kind)


PERIODS = [
    ("2568", _period("2025-01-01", "2025-12-31", PeriodKind.YEAR)),
    ("ปีงบประมาณ พ.ศ. 2568", _period("2024-10-01", "2025-09-30", PeriodKind.FISCAL_YEAR)),
    ("ไตรมาส 2/2568", _period("2025-04-01", "2025-06-30", PeriodKind.QUARTER)),
    ("ไตรมาสที่ 2 ปีปฏิทิน 2568", _period("2025-04-01", "2025-06-30", PeriodKind.QUARTER)),
    (
        "ไตรมาสที่ 2 ปีงบประมาณ พ.ศ. 2568",
        _period("2025-01-01", "2025-03-31", PeriodKind.FISCAL_QUARTER),
    ),
    (
        "ไตรมาส 1 ปีงบประมาณ 2568",
        _period("2024-10-01", "2024-12-31", PeriodKind.FISCAL_QUARTER),
    ),
    (
        "ไตรมาส 4 ปีงบประมาณ 2568",
        _period("2025-07-01", "2025-09-30", PeriodKind.FISCAL_QUARTER),
    ),
    ("2564-68", _period("2021-01-01", "2025-12-31", PeriodKind.YEARS)),
    ("2564 – 2568", _period("2021-01-01", "2025-12-31", PeriodKind.YEARS)),
    ("พ.ศ. 2564 ถึง 2568", _period("2021-01-01", "2025-12-31", PeriodKind.YEARS)),
    ("2021-2025", _period("2021-01-01", "2025-12-31", PeriodKind.YEARS)),
    ("2564-2568 (2021-2025)", _period("2021-01-01", "2025-12-31", PeriodKind.YEARS)),
    ("64-68", _period("2021-01-01", "2025-12-31", PeriodKind.YEARS)),
    ("ปีงบประมาณ 2564-2568", _period("2020-10-01", "2025-09-30", PeriodKind.FISCAL_YEARS)),
    ("ก.ย. 64", _period("2021-09-01", "2021-09-30", PeriodKind.MONTH)),
    ("09/2568", _period("2025-09-01", "2025-09-30", PeriodKind.MONTH)),
    ("22 ก.ย. 64", _period("2021-09-22", "2021-09-22", PeriodKind.DAY)),
]
NO_PERIODS = [
    ("2568-2564", NoteCode.RANGE_REVERSED),
    ("2564-2568 (2021-2026)", NoteCode.ERA_CONFLICT),
    ("2001-05", NoteCode.YEAR_AMBIGUOUS),
    ("13/2568", NoteCode.NOT_A_PERIOD),
    ("เร็ว ๆ นี้", NoteCode.NOT_A_PERIOD),
    ("รอข้อมูล", NoteCode.WAITING_WORD),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_a_span_of_time_is_read_to_the_day(text: str, period: Period) -> None:
    assert read_period(text).value == period


@pytest.mark.parametrize(("text", "code"), NO_PERIODS)
def test_a_span_that_says_two_things_is_not_read(text: str, code: NoteCode) -> None:
    reading = read_period(text)

    assert (reading.value, reading.codes[-1]) == (None, code)


def test_a_quarter_without_its_kind_of_year_tells_the_other_reading() -> None:
    said = read_period("ไตรมาส 2/2568").notes[-1]

    assert (said.code, said.code.kind) == (NoteCode.QUARTER_OF_CALENDAR, NoteKind.ASSUMED)
    assert (said["fiscal_start"], said["fiscal_end"]) == ("2025-01-01", "2025-03-31")


def test_a_range_of_two_eras_is_read_and_said() -> None:
    reading = read_period("2564-2025")

    assert reading.value is not None
    assert reading.value.years == (2021, 2025)
    assert reading.has(NoteCode.MIXED_ERAS)


DATES = [
    ("22 กันยายน 2564", "2021-09-22"),
    ("22 ก.ย. 64", "2021-09-22"),
    ("22ก.ย.64", "2021-09-22"),
    ("๒๒ ก.ย. ๖๔", "2021-09-22"),
    ("วันที่ 22 กันยายน พ.ศ. 2564", "2021-09-22"),
    ("วันพุธที่ 22 กันยายน 2564", "2021-09-22"),
    ("22/9/2568", "2025-09-22"),
    ("22-9-64", "2021-09-22"),
    ("22.9.2568", "2025-09-22"),
    ("3/4/2025", "2025-04-03"),
    ("9/22/2025", "2025-09-22"),
    ("2025-09-22", "2025-09-22"),
    ("2568-09-22", "2025-09-22"),
    ("2025-09-22T10:30:00Z", "2025-09-22"),
    ("20250922", "2025-09-22"),
    ("22 Sep 2021", "2021-09-22"),
    ("22 Sep 21", "2021-09-22"),
    ("September 22, 2021", "2021-09-22"),
    ("Wednesday, 22nd of September 2021", "2021-09-22"),
    ("29 ก.พ. 2567", "2024-02-29"),
    ("45922", "2025-09-22"),
]
NO_DATES = [
    ("31 เมษายน 2568", NoteCode.DATE_IMPOSSIBLE),
    ("29/02/2568", NoteCode.DATE_IMPOSSIBLE),
    ("00/00/2568", NoteCode.DATE_IMPOSSIBLE),
    ("กันยายน 2564", NoteCode.DATE_NEEDS_DAY),
    ("2568", NoteCode.DATE_NEEDS_DAY),
    ("22/9/21", NoteCode.YEAR_AMBIGUOUS),
    ("22 ก.ย. 21", NoteCode.YEAR_AMBIGUOUS),
    ("เมื่อวาน", NoteCode.NOT_A_DATE),
    ("อยู่ระหว่างดำเนินการ", NoteCode.WAITING_WORD),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_a_date_is_read_in_the_usual_forms(text: str, day: str) -> None:
    assert str(read_date(text).value) == day


@pytest.mark.parametrize(("text", "code"), NO_DATES)
def test_a_date_that_is_none_is_not_read(text: str, code: NoteCode) -> None:
    reading = read_date(text)

    assert (reading.value, reading.codes[-1]) == (None, code)


def test_day_and_month_that_could_be_swapped_are_said_with_the_other_reading() -> None:
    said = read_date("3/4/2025").notes[-1]

    assert (said.code, said["date"], said["other"]) == (
        NoteCode.DAY_FIRST,
        "2025-04-03",
        "2025-03-04",
    )
    assert not read_date("3/4/2568").has(NoteCode.DAY_FIRST)


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (1, "1900-01-01"),
        (59, "1900-02-28"),
        (60, "None"),
        (61, "1900-03-01"),
        (45922, "2025-09-22"),
        (45922.5, "2025-09-22"),
        (244249, "2025-09-22"),  # typed 22/9/2568 into an English Excel
        (0, "None"),
        (-1, "None"),
        (float("nan"), "None"),
        (float("inf"), "None"),
        (3e6, "None"),
        (200_000.0, "1904-07-30"),
    ],
)
def test_a_serial_number_is_a_day_where_excel_has_one(serial: float, day: str) -> None:
    assert str(date_from_serial(serial).value) == day


NUMBERS = [
    ("1,250", Quantity(Decimal(1250))),
    ("๑,๒๕๐", Quantity(Decimal(1250))),
    ("๑,๒๕๐ คน", Quantity(Decimal(1250), unit="คน")),
    ("1 250", Quantity(Decimal(1250))),
    ("ร้อยละ 85", Quantity(Decimal(85), percent=True)),
    ("85%", Quantity(Decimal(85), percent=True)),
    ("85 เปอร์เซ็นต์", Quantity(Decimal(85), percent=True)),
    ("85 per cent", Quantity(Decimal(85), percent=True)),
    ("0.85", Quantity(Decimal("0.85"))),
    ("–5", Quantity(Decimal(-5))),
    ("1e3", Quantity(Decimal(1000))),
    ("1.5 ล้านบาท", Quantity(Decimal(1_500_000), unit="บาท")),
    ("จำนวน 3 แห่ง", Quantity(Decimal(3), unit="แห่ง")),
    ("ประมาณ 100 คน", Quantity(Decimal(100), unit="คน")),
]
NO_NUMBERS = [
    ("1,25", NoteCode.NUMBER_AMBIGUOUS),
    ("1.250.000", NoteCode.SEVERAL_NUMBERS),
    ("3 ครั้ง 100 คน", NoteCode.SEVERAL_NUMBERS),
    ("เพิ่มขึ้น", NoteCode.NOT_A_NUMBER),
    ("9" * 31, NoteCode.NOT_A_NUMBER),
    ("N/A", NoteCode.WAITING_WORD),
    ("-", NoteCode.WAITING_WORD),
    ("ก" * 300, NoteCode.TOO_LONG),
]


@pytest.mark.parametrize(("text", "quantity"), NUMBERS)
def test_a_number_is_read_with_its_unit(text: str, quantity: Quantity) -> None:
    assert read_number(text).value == quantity


@pytest.mark.parametrize(("text", "code"), NO_NUMBERS)
def test_a_number_that_could_be_two_is_not_read(text: str, code: NoteCode) -> None:
    reading = read_number(text)

    assert (reading.value, reading.codes[-1]) == (None, code)


_GE, _YEARLY = Comparison.GE, Span.YEAR
TARGETS = [
    ("ไม่น้อยกว่าร้อยละ 80", Target(_GE, Decimal(80), percent=True)),
    ("at least 80%", Target(_GE, Decimal(80), percent=True)),
    ("≥ 80", Target(_GE, Decimal(80))),
    ("อย่างน้อย 3 ครั้ง", Target(_GE, Decimal(3), unit="ครั้ง")),
    ("5 ครั้งขึ้นไป", Target(_GE, Decimal(5), unit="ครั้ง")),
    ("ไม่เกิน 5 วัน", Target(Comparison.LE, Decimal(5), unit="วัน")),
    ("more than 5 countries", Target(Comparison.GT, Decimal(5), unit="countries")),
    ("at least one country", Target(_GE, Decimal(1), unit="country")),
    (
        "เพิ่มขึ้นร้อยละ 10 จากปีฐาน",
        Target(value=Decimal(10), percent=True, change=Change.RISE, from_baseline=True),
    ),
    ("เพิ่มขึ้นไม่น้อยกว่าร้อยละ 10", Target(_GE, Decimal(10), percent=True, change=Change.RISE)),
    ("เพิ่มขึ้นเป็นร้อยละ 60", Target(value=Decimal(60), percent=True)),
    (
        "ลดลงร้อยละ 5 ต่อปี",
        Target(value=Decimal(5), percent=True, change=Change.FALL, per=_YEARLY),
    ),
    ("ทุกประเทศ", Target(unit="ประเทศ", every=True)),
    ("ครบทุกประเทศ", Target(unit="ประเทศ", every=True)),
    ("every country", Target(unit="country", every=True)),
    ("all member states", Target(unit="member states", every=True)),
    ("ทั้ง 10 ประเทศ", Target(value=Decimal(10), unit="ประเทศ")),
    ("ปีละ 1 ครั้ง", Target(value=Decimal(1), unit="ครั้ง", per=_YEARLY)),
    ("ทุกปี ปีละ 1 ครั้ง", Target(value=Decimal(1), unit="ครั้ง", per=_YEARLY)),
    ("1 ครั้งต่อปี", Target(value=Decimal(1), unit="ครั้ง", per=_YEARLY)),
    ("ไตรมาสละ 2 ครั้ง", Target(value=Decimal(2), unit="ครั้ง", per=Span.QUARTER)),
    ("once a year", Target(value=Decimal(1), unit="time", per=_YEARLY)),
    ("๑,๒๕๐ คน", Target(value=Decimal(1250), unit="คน")),
    ("ร้อยละ 80-90", Target(Comparison.BETWEEN, Decimal(80), Decimal(90), percent=True)),
    ("ระหว่าง 80 ถึง 90", Target(Comparison.BETWEEN, Decimal(80), Decimal(90))),
    ("ร้อยละ 80 ภายในปี 2568", Target(value=Decimal(80), percent=True, by_year=2025)),
    ("80% by 2025", Target(value=Decimal(80), percent=True, by_year=2025)),
    ("เพิ่มขึ้น", Target(change=Change.RISE)),
    ("1.5 ล้านบาท", Target(value=Decimal(1_500_000), unit="บาท")),
]
NO_TARGETS = [
    ("3 ครั้ง 100 คน", NoteCode.SEVERAL_NUMBERS),
    ("90-80", NoteCode.RANGE_REVERSED),
    ("ประชาชนมีคุณภาพชีวิตที่ดี", NoteCode.TARGET_IN_WORDS),
    ("ตามความเหมาะสม", NoteCode.WAITING_WORD),
    ("1,25", NoteCode.NUMBER_AMBIGUOUS),
]


@pytest.mark.parametrize(("text", "target"), TARGETS)
def test_a_target_is_read_as_officials_write_it(text: str, target: Target) -> None:
    assert read_target(text).value == target


@pytest.mark.parametrize(("text", "code"), NO_TARGETS)
def test_a_target_without_one_number_is_not_read(text: str, code: NoteCode) -> None:
    reading = read_target(text)

    assert (reading.value, reading.codes[-1]) == (None, code)


@pytest.mark.parametrize("text", ["ทุกประเทศ", "เพิ่มขึ้น"])
def test_a_target_in_words_alone_says_so(text: str) -> None:
    assert read_target(text).has(NoteCode.TARGET_IN_WORDS)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TBC", Waiting.PENDING),
        (" tbc. ", Waiting.PENDING),
        ("(รอข้อมูล)", Waiting.PENDING),
        ("อยู่ระหว่างดำเนินการ", Waiting.PENDING),
        ("อยู่ระหว่าง ดำเนินการ", Waiting.PENDING),
        ("N/A", Waiting.NOT_APPLICABLE),
        ("ไม่มี", Waiting.NONE),
        ("–", Waiting.BLANK),
        ("ตามความเหมาะสม", Waiting.UNSPECIFIC),
        ("ไม่มีที่ดินทำกิน", None),
        ("3", None),
        ("", None),
    ],
)
def test_a_waiting_word_is_known_only_as_the_whole_text(text: str, kind: Waiting | None) -> None:
    assert read_waiting(text).value is kind


READERS = (read_year, read_period, read_date, read_number, read_target, read_waiting)
_PIECES = st.lists(
    st.sampled_from(
        [
            *"0123456789๐๒๕๘,.-–/%()e+ ",
            *("พ.ศ.", "ค.ศ.", "ปีงบประมาณ", "ปี", "ไตรมาส", "ก.ย.", "sep", "วันที่", "ถึง", "ละ"),
            *(
                "ร้อยละ",
                "ไม่น้อยกว่า",
                "เพิ่มขึ้น",
                "ทุก",
                "ครั้ง",
                "ล้าน",
                "at least",
                "year",
                "per",
                "\u200b",
            ),
        ]
    ),
    max_size=14,
).map("".join)


@given(st.text(max_size=250) | _PIECES)
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for reader in READERS:
        reading: Reading[object] = reader(text)

        assert isinstance(reading, Reading)
        assert reading.value is not None or reader is read_waiting or reading.notes


@given(st.integers(1900, 2199))
def test_a_year_means_the_same_in_both_eras(year: int) -> None:
    assert read_year(str(year)).value == year
    assert read_year(f"พ.ศ. {year + 543}").value == year
    assert read_year(str(year + 543)).value == year


@given(st.dates(date(1950, 1, 1), date(2120, 12, 31)))
def test_a_date_means_the_same_in_every_form(day: date) -> None:
    assert read_date(day.isoformat()).value == day
    assert read_date(f"{day.day}/{day.month}/{day.year + 543}").value == day
    assert read_date(str((day - date(1899, 12, 30)).days)).value in (day, None)
