"""The types of our CAS files: those of INCEpTION, and layers of our own."""

from __future__ import annotations

from typing import Any

ANNOTATION = "uima.tcas.Annotation"
DOCUMENT = "uima.tcas.DocumentAnnotation"
SOFA = "uima.cas.Sofa"
VIEW = "_InitialView"
_STRING = "uima.cas.String"
_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."

SENTENCE = f"{_DKPRO}segmentation.type.Sentence"
TOKEN = f"{_DKPRO}segmentation.type.Token"
NAMED = f"{_DKPRO}ner.type."
NAMED_ENTITY = f"{NAMED}NamedEntity"
CUSTOM = ("webanno.custom.", "custom.")
"""What the layers begin with that people make in INCEpTION."""

CLAIM = "webanno.custom.Claim"
ATTRIBUTION = "webanno.custom.Attribution"
PART = "webanno.custom.AttributionPart"
LINK = "webanno.custom.AttributionPartsLink"
RELATION = "webanno.custom.Relation"
ENTITY = "webanno.custom.Entity"

WIKIDATA = "http://www.wikidata.org/entity/"
OWN = "urn:bidi-reader:entity:"
"""What the identifiers of entities begin with."""

CONTINUES = "(continues)"
"""Label of the relation that joins the stretches of a mark with gaps; no type can have it."""

ROLES = {"Source": "source", "Cue": "cue", "Content": "content"}
"""Roles of an attribution, by field; `Claim` names what it says."""

CLAIM_FIELDS = {
    "epistemic": "epistemic",
    "polarity": "polarity",
    "mode": "mode",
    "checkWorthy": "check_worthy",
}
ATTRIBUTION_FIELDS = {"sourceKind": "source_kind", "directness": "directness"}


def _type(name: str, parent: str, *texts: str, **others: str) -> dict[str, Any]:
    features = dict.fromkeys(texts, _STRING) | others
    return {
        "%NAME": name,
        "%SUPER_TYPE": parent,
        **{each: {"%NAME": each, "%RANGE": features[each]} for each in features},
    }


TYPES = {
    row["%NAME"]: row
    for row in (
        _type(SENTENCE, ANNOTATION),
        _type(TOKEN, ANNOTATION),
        _type(NAMED_ENTITY, ANNOTATION, "value", "identifier"),
        _type(CLAIM, ANNOTATION, "claim", "language", "claimant", *CLAIM_FIELDS),
        _type(PART, ANNOTATION, "part"),
        _type(LINK, "uima.cas.TOP", "role", target=ANNOTATION),
        _type(ATTRIBUTION, ANNOTATION, "source", *ATTRIBUTION_FIELDS, parts=f"{LINK}[]"),
        _type(RELATION, ANNOTATION, "label", Governor=ANNOTATION, Dependent=ANNOTATION),
        _type(ENTITY, "uima.cas.AnnotationBase", "identifier", "name", "entityType"),
    )
}
"""What `%TYPES` says."""
