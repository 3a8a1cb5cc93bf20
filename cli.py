"""Starts dxrules from a checkout: `python cli.py check facts`."""

from dxrules.cli import start

start()
