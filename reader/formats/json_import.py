"""Import JSON documents: all of them or nothing."""

from __future__ import annotations

from collections.abc import Iterable

from reader.errors import FormatError
from reader.formats.contents import InMemory
from reader.formats.intake import Counts, Intake, Policy
from reader.formats.json_read import parse_document
from reader.store.library import Library


def import_json(
    library: Library,
    files: Iterable[tuple[str, bytes]],
    annotator: str,
    policy: Policy = "refuse",
) -> Counts:
    """Check documents, and take them into a library in one transaction.

    Args:
        library: Where they are to go.
        files: The name of each file, for messages, and its bytes.
        annotator: Name of who imports.
        policy: What to do with what the library has in another form.

    Raises:
        FormatError: Naming the file, the place and the cure; nothing is imported then.
        ConflictError: If somebody changed one of the records meanwhile.
        LibraryError: If the library cannot be read or written.
    """
    with library.steady():
        intake = Intake(library, policy)
        for name, data in files:
            try:
                intake.add(InMemory(parse_document(data)))
            except FormatError as error:
                raise FormatError(f"{name}: {error.message} Nothing was imported.") from error
    return intake.commit(annotator)
