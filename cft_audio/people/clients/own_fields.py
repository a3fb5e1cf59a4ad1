"""The fields that only a client's file has, in the form of those of a session."""

from __future__ import annotations

from cft_audio.schema.fields import Field

OWN_FIELDS = {
    "pronouns": Field(
        "pronouns",
        "text",
        "The client's own pronouns, for you; they are not spoken.",
        example="they/them",
    ),
    "notes": Field("notes", "text", "Notes for you alone: never spoken, and in no recording."),
}
"""The fields by name."""
