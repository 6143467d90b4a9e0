"""Fuzzing: `python -m tests.fuzz [TARGET...] [--seconds 60]`; `tests.fuzz.targets` lists them."""
