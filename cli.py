"""Starts dxrules from a checkout: `python cli.py check facts`."""

from dxrules.cli import start

if __name__ == "__main__":  # processes that judge import it, and judge nothing of their own
    start()
