"""Drafts: the sheets that shapes imply, rows to triples and back, and where each triple stands.

Pure: grids of cells come in, triples and places go out; files are read by `formats`.
"""
