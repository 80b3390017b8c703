"""Findings: what SHACL, hygiene queries and evidence found, as people are told it."""
