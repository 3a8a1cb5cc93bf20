"""`python -m dxrules check facts`, where the command is not on the path."""

from dxrules.cli import start

if __name__ == "__main__":  # processes that judge import it, and judge nothing of their own
    start()
