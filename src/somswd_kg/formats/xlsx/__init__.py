"""Excel workbooks: read to grids, written from descriptions, handed back with findings in them."""

from somswd_kg.formats.xlsx.read import read_workbook

__all__ = ["read_workbook"]
