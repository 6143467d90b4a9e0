"""A library for programs: what `import reader` gives."""

from __future__ import annotations
