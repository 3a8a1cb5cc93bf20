"""Stands in for selectolax, of which there is no binary for browsers."""
