"""Proposals: where names that are known, and patterns, stand in a text."""
