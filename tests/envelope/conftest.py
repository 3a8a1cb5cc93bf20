"""The scripts here are run by test_engine_envelope.py, each in a process; none is imported."""

collect_ignore_glob = ["*.py"]
