"""How far annotators agree: pure, on records that are at hand."""
