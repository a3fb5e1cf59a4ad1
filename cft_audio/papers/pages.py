"""Templates of pages, filled: HTML that needs nothing from elsewhere, and no script."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def fill_page(template: str, **values: Any) -> str:
    """Return the page of a template; whatever comes from a person is escaped.

    Args:
        template: Its name, without its endings.
        **values: What it shows.
    """
    return _environment().get_template(f"{template}.html.jinja").render(**values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("cft_audio.papers", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
