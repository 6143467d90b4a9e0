"""A whole library as somebody looks at it: listed, searched, counted, compared; nothing changes."""
