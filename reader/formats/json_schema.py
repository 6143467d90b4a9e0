"""The JSON Schema (draft 2020-12) of the JSON format, as it ships with the package."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of an export."""
    text = resources.files("reader.formats").joinpath("schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
