"""What a person has agreed to send to services that speak online, kept so that they are asked once.

The file lies beside the configuration file and is theirs alone to read. A yes counts for what it
was said to: where the words of a statement have changed since, it is asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.errors import ConfigError, Problem, RequestError
from cft_audio.files.private import write_private
from cft_audio.schema.files import read_text
from cft_audio.schema.reader import Reader
from cft_audio.schema.suggest import did_you_mean
from cft_audio.schema.toml import parse_toml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from cft_audio.files.folders import Folders

_SERVICES = {"google": "Google"}
"""Who is behind an engine, where a person knows them by another name."""

_HEADING = "# What you agreed to for online voices.\n# Removing an entry withdraws it.\n\n"

_REMEDY = "Remove it; you will be asked again"


@dataclass(frozen=True)
class Consent:
    """A yes.

    Attributes:
        engine: The engine it is for; all its voices send to the same service.
        statement: What was agreed to, in the words that were shown.
        given: When.
    """

    engine: str
    statement: str = field(metadata={"key": "to"})
    given: datetime

    @property
    def is_current(self) -> bool:
        """Whether it was said to the words that a person would be shown today."""
        return self.statement == statement_of(self.engine)

    def as_object(self) -> dict[str, object]:
        """Return it as one object of plain values, for JSON."""
        return {
            "engine": self.engine,
            "service": service_of(self.engine),
            "given": self.given.isoformat(timespec="seconds"),
            "statement": self.statement,
            "counts": self.is_current,
        }


def service_of(engine: str) -> str:
    """Return what a person knows the service behind ``engine`` by."""
    return _SERVICES.get(engine, f"the service behind the engine '{engine}'")


def statement_of(engine: str) -> str:
    """Return what a person agrees to who lets the voices of ``engine`` speak."""
    service = service_of(engine)
    return (
        f"Every line that this voice speaks is sent over the internet to {service}: names and all "
        f"that is personal in them included. What {service} keeps of it, where and for how long, "
        "is not in your hands, and this program has no contract with it that protects you.\n"
        "If you make recordings for clients: think of your duty of confidentiality, and send "
        "nothing that could tell who a client is, unless they have agreed.\n"
        "Voices that speak on this machine, such as joe, send nothing."
    )


def consent_file(folders: Folders) -> Path:
    """Return where consents are kept."""
    return folders.config.with_name("consent.toml")


def consents(file: Path) -> tuple[Consent, ...]:
    """Return every yes that is kept, by engine.

    Raises:
        ConfigError: If the file cannot be read.
    """
    if not file.exists():
        return ()
    table = parse_toml(read_text(file, ConfigError), str(file), ConfigError, _REMEDY)
    reader = Reader(str(file), ConfigError, _REMEDY)
    kept = reader.tables(Consent, table, "engine")
    reader.check()
    return tuple(consent for _, consent in sorted(kept.items()))


def has_agreed(engine: str, file: Path) -> bool:
    """Return whether there is a yes to what the voices of ``engine`` do.

    Raises:
        ConfigError: If the file cannot be read.
    """
    return any(kept.engine == engine and kept.is_current for kept in consents(file))


def remember(engine: str, given: datetime, file: Path) -> None:
    """Keep a yes to what the voices of ``engine`` do.

    Args:
        engine: The engine.
        given: When it was said, with its time zone.
        file: Where to.

    Raises:
        ConfigError: If it cannot be kept.
    """
    others = [kept for kept in consents(file) if kept.engine != engine]
    _write([*others, Consent(engine, statement_of(engine), given)], file)


def withdraw(engine: str | None, file: Path) -> list[str]:
    """Forget the yes for ``engine``, or every yes for None, and return for which engines.

    Raises:
        RequestError: If there is none for that engine.
        ConfigError: If the file cannot be read or changed.
    """
    kept = consents(file)
    known = [consent.engine for consent in kept]
    if engine is not None and engine not in known:
        remedy = did_you_mean(engine, known) or "There is nothing to withdraw"
        raise RequestError(f"you have not agreed to anything for '{engine}'", remedy=remedy)
    gone = known if engine is None else [engine]
    _write([consent for consent in kept if consent.engine not in gone], file)
    return gone


def _write(kept: Sequence[Consent], file: Path) -> None:
    """Write the file anew, whole or not at all, for its owner's eyes only."""
    import tomlkit

    document = tomlkit.parse(_HEADING)
    for consent in sorted(kept, key=lambda consent: consent.engine):
        given = consent.given.replace(microsecond=0)
        document[consent.engine] = {"given": given, "to": consent.statement}
    try:
        if kept:
            write_private(file, tomlkit.dumps(document))
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        message = f"what you agreed to cannot be kept: {error.strerror}"
        remedy = "See to the rights of its folder, or ‹agree each time›"
        raise ConfigError([Problem(str(file), 0, message, remedy)]) from error
