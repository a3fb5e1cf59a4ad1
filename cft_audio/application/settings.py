"""A person's settings: their configuration file, and before it the environment."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cft_audio.application.choices import Choices
from cft_audio.application.fields import OUTPUT, SETTABLE
from cft_audio.errors import OutputError, RequestError
from cft_audio.people.clients.client import Client
from cft_audio.people.settings import read_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cft_audio.errors import CftAudioError
    from cft_audio.files.folders import Folders
    from cft_audio.schema.fields import Field

_PREFIX = "CFT_AUDIO_BUILD_"
"""A field's variable is this and its name in capitals."""

_FLAGS = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}
"""What else than yes and no variables write for a flag."""


@dataclass(frozen=True)
class Settings:
    """What holds where nothing is chosen.

    Attributes:
        configured: The values of the configuration file, by field name.
        environment: Those of the environment, which are stronger.
        origins: The file, line and key, or the variable, that gave each of them, by field name;
            that of an entry of a table by both names, as ``with.loved_one``.
        client: What is kept of the client whom a session is for, which is stronger than both.
    """

    configured: Mapping[str, Any] = field(default_factory=dict, repr=False)
    environment: Mapping[str, Any] = field(default_factory=dict, repr=False)
    origins: Mapping[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def for_client(self, client: Client) -> Settings:
        """Return the settings, and over them what is kept of the client a session is for."""
        return replace(self, client=client, origins={**self.origins, **client.origins})

    def choices(self, chosen: Mapping[str, Any]) -> Choices:
        """Return what was chosen, over what the client's file and the settings say."""
        return Choices(chosen, self.values, self.client.values, self.client.code)

    @property
    def values(self) -> dict[str, Any]:
        """Every value, by field name."""
        return {**self.configured, **self.environment}

    def name_in(self, error: CftAudioError, chosen: Mapping[str, Any]) -> None:
        """Name the setting in an error about a field that nobody chose.

        Args:
            error: The error.
            chosen: The values that were chosen, by field name.
        """
        field, slot = error.field, error.field.removeprefix("with.")
        output = self.values.get(OUTPUT.name)
        if isinstance(error, OutputError) and output and error.where.startswith(str(output)):
            field = OUTPUT.name
        if chosen.get(field) is None and slot not in (chosen.get("with") or {}):
            # A variable gives all pairs at once.
            names = [field, f"with.{slot}", *(["pronounce"] if field.startswith("pron") else [])]
            given = (self.origins.get(name) for name in names)
            error.setting = error.setting or next(filter(None, given), "")

    def every_field(self) -> Iterator[Setting]:
        """Yield every field as the configuration file names it, its value, and whose that is."""
        origins = dict.fromkeys(self.configured, "configuration file")
        origins |= dict.fromkeys(self.environment, "environment")
        for name, known in SETTABLE.items():
            key = (*known.aliases, name)[0].replace("_", "-")
            value = known.plain(self.values.get(name, known.default))
            origin = origins.get(name, "built in")
            yield Setting(key, value, origin, self.origins.get(name, ""))


@dataclass(frozen=True)
class Setting:
    """What a field is where nothing is chosen.

    Attributes:
        key: The field as the configuration file names it.
        value: Its value as one of JSON's; None for none.
        origin: ``built in``, ``configuration file`` or ``environment``.
        where: The file, line and key, or the variable, that gives it; empty where it is built in.
    """

    key: str
    value: Any
    origin: str
    where: str

    def as_row(self) -> tuple[str, str, str]:
        """Return key, value and origin, with its line or its variable, as a person reads them."""
        line = re.search(r":(\d+): [^:]*$", self.where)
        origin = f"{self.origin}, {f'line {line[1]}' if line else self.where}".removesuffix(", ")
        return self.key, _told(self.value), origin


def _told(value: Any) -> str:
    if value in (None, [], {}):
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key}={item}" for key, item in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def load_settings(folders: Folders, environ: Mapping[str, str]) -> Settings:
    """Return the settings of whoever uses these folders.

    Args:
        folders: Where the configuration file is.
        environ: Variables such as ``CFT_AUDIO_BUILD_PACE``.

    Raises:
        ConfigError: With everything wrong in the file.
        RequestError: If a variable holds what its field cannot have.
    """
    environment, variables = {}, {}
    for name, known in SETTABLE.items():
        for alias in (name, *known.aliases):
            variable = _PREFIX + alias.upper()
            if environ.get(variable):
                try:
                    environment[name] = known.parse(_typed(environ[variable], known))
                except RequestError as error:
                    error.where = error.setting = variable
                    raise
                variables[name] = variable
    file = read_config(folders.config, SETTABLE.values())
    replaced = tuple(f"{name}." for name in variables)
    origins = {name: at for name, at in file.origins.items() if not name.startswith(replaced)}
    return Settings(file.values, environment, origins | variables)


def _typed(value: str, field: Field) -> str | bool:
    return _FLAGS.get(value.strip().lower(), value) if field.kind == "flag" else value
