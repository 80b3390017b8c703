"""Literals of every XSD type: canonical forms, other valid forms, ill-formed ones."""

from __future__ import annotations

from somswd_kg.terms import Literal, NamedNode

XSD = "http://www.w3.org/2001/XMLSchema#"

FORMS = {
    "anyURI": ["a:b", "", " a "],
    "base64Binary": ["AA==", "A A = ="],
    "boolean": ["true", "1", "0", "false", "TRUE", " true"],
    "byte": ["1", "01", "+1", "-128", "300", "x"],
    "date": ["2020-02-29", "2020-02-29Z", "2020-02-29+00:00", "2021-02-29", "-0001-01-01"],
    "dateTime": [
        "2020-01-01T00:00:00",
        "2020-01-01T00:00:00Z",
        "2020-01-01T00:00:00-00:00",
        "2020-01-01T24:00:00",
        "2020-01-01T00:00:00.500",
        "2020-13-01T00:00:00",
    ],
    "dateTimeStamp": ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00+00:00"],
    "dayTimeDuration": ["P1D", "PT24H", "PT0S", "P0D"],
    "decimal": [
        "12",
        "12.0",
        "12.00",
        ".5",
        "0.5",
        "-0.0",
        "1e3",
        "1" * 45 + ".1",
        "0." + "1" * 30,
    ],
    "double": ["1", "1.0E0", "1e0", "INF", "+INF", "NaN", "-0.0E0", "1.5E300", "1e400", "x"],
    "duration": ["P1Y", "P12M", "PT60S", "-P1D", "P"],
    "float": ["1", "1.0", "1.1", "0.123456789", "16777217", "INF"],
    "gDay": ["---01", "---01+00:00", "---32"],
    "gMonth": ["--01", "--01Z", "--01--"],
    "gMonthDay": ["--02-29", "--02-30", "--01-01+00:00"],
    "gYear": ["2021", "2564", "02021", "2020+00:00", "-0001", "21"],
    "gYearMonth": ["2020-01", "2020-01+00:00", "2020-13"],
    "hexBinary": ["FF", "ff"],
    "int": ["1", "01", "2147483648"],
    "integer": ["1", "01", "+1", "-0", "9" * 30, "1.0"],
    "language": ["th", "TH"],
    "long": ["1", "001"],
    "Name": ["a"],
    "NCName": ["a"],
    "negativeInteger": ["-1", "-01", "1"],
    "NMTOKEN": ["a"],
    "nonNegativeInteger": ["0", "00", "-1"],
    "nonPositiveInteger": ["0", "-0"],
    "normalizedString": ["a", " a\tb "],
    "positiveInteger": ["1", "+1", "0"],
    "short": ["1", "1 "],
    "string": ["", " a ", "ก"],
    "time": ["10:00:00", "10:00:00.0", "24:00:00", "10:00:00+00:00", "25:00:00"],
    "token": ["a", " a  b "],
    "unsignedByte": ["255", "256"],
    "unsignedInt": ["1", "01"],
    "unsignedLong": ["18446744073709551615", "1"],
    "unsignedShort": ["1", "01"],
    "yearMonthDuration": ["P1Y", "P12M"],
}
CASES = [Literal(form, datatype=NamedNode(XSD + name)) for name in FORMS for form in FORMS[name]]
