"""All fuzz targets by name."""

from __future__ import annotations

from tests.fuzz import articles, engine, importing, sharing
from tests.fuzz.running import Target

TARGETS: dict[str, Target] = {
    target.name: target
    for module in (importing, articles, sharing, engine)
    for target in module.targets()
}
