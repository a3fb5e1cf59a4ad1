"""A person's settings: their configuration file, and before it the environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cft_audio.application.fields import SETTABLE
from cft_audio.errors import RequestError
from cft_audio.people.settings import read_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    """

    configured: Mapping[str, Any] = field(default_factory=dict, repr=False)
    environment: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def values(self) -> dict[str, Any]:
        """Every value, by field name."""
        return {**self.configured, **self.environment}

    def every_field(self) -> Iterator[tuple[str, Any, str]]:
        """Yield every field as the configuration file names it, its default, and whose that is.

        That is ``built in``, ``configuration file`` or ``environment``; a value is None for none.
        """
        origins = dict.fromkeys(self.configured, "configuration file")
        origins |= dict.fromkeys(self.environment, "environment")
        for name, known in SETTABLE.items():
            key = (*known.aliases, name)[0].replace("_", "-")
            value = self.values.get(name, known.default)
            if known.kind == "minutes" and value is not None:
                value /= 60
            yield key, value, origins.get(name, "built in")


def load_settings(folders: Folders, environ: Mapping[str, str]) -> Settings:
    """Return the settings of whoever uses these folders.

    Args:
        folders: Where the configuration file is.
        environ: Variables such as ``CFT_AUDIO_BUILD_PACE``.

    Raises:
        ConfigError: With everything wrong in the file.
        RequestError: If a variable holds what its field cannot have.
    """
    environment = {}
    for name, known in SETTABLE.items():
        for alias in (name, *known.aliases):
            variable = _PREFIX + alias.upper()
            if environ.get(variable):
                try:
                    environment[name] = known.parse(_typed(environ[variable], known))
                except RequestError as error:
                    error.where = variable
                    raise
    return Settings(read_config(folders.config, SETTABLE.values()), environment)


def _typed(value: str, field: Field) -> str | bool:
    return _FLAGS.get(value.strip().lower(), value) if field.kind == "flag" else value
