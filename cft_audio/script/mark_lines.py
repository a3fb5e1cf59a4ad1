"""The lines of templates, marked as Jinja reads them; ``places`` reads the marks without Jinja."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.ext import Extension

from cft_audio.script.places import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.lexer import Token, TokenStream


class MarkLines(Extension):
    """Jinja extension: marks each line of template text while the template is read."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of ``stream``, template text among them marked."""
        for token in stream:
            is_text = token.type == "data"
            text = marked(token.value, stream.name or "", token.lineno) if is_text else token.value
            yield token._replace(value=text)
