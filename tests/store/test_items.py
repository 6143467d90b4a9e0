"""What a file says waits outside of memory, each list in its order."""

from __future__ import annotations

from reader.store.items import Items


def test_an_id_stands_once_in_each_family() -> None:
    items = Items()
    assert items.put("articles", "1", "a text")
    assert items.put("records", "1", "a note", "note")
    assert not items.put("records", "1", "another", "entity")
    assert (items.get("articles", "1"), items.get("records", "1")) == ("a text", "a note")
    assert items.get("records", "2") is None
    # An id stands for one thing: under another kind there is nothing.
    assert items.has("records", "1", "note") and not items.has("records", "1", "entity")
    assert items.has("articles", "1") and not items.has("articles", "2")


def test_values_come_back_in_their_order_all_or_some_kinds() -> None:
    items = Items()
    for id, kind in (("3", "note"), ("1", "entity"), ("2", "note")):
        items.put("records", id, (id, kind), kind)
    items.put("articles", "0", "a text")
    for _ in range(2):
        assert [id for id, _ in items.all("records")] == ["3", "1", "2"]
        found = items.of_kinds("records", ("entity", "note", "claim"))
        assert [id for id, _ in found] == ["1", "3", "2"]
