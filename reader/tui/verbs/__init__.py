"""What the commands of the article screen do, by subject; each verb is a function."""

from __future__ import annotations
