"""Fuzzing of whatever reads files that dxrules does not write: see README.md in this folder."""
