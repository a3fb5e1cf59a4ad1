"""A page as a browser reads it: its controls, what stands beside each, and what is not ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

_EMPTY = {"input", "meta", "link", "img", "br"}
_TYPED = {None, "text", "password"}
_PICTURE = "data:image/svg+xml,"
_FOREIGN = re.compile(r"kr7|iframe|object|embed|base|style")


@dataclass
class Control:
    """A control: what stands in it, and its attributes."""

    value: str
    about: dict[str, str]


@dataclass
class Shown(HTMLParser):
    """A page, or a part of one.

    Attributes:
        controls: What can be typed or chosen, by the name of its field.
        texts: What stands in each element that has an id.
        alerts: What is told above forms.
        foreign: Tags and attributes that no page of ours has.
    """

    controls: dict[str, Control] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    alerts: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    _open: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at a tag, and take note of what it begins."""
        about = {name: value or "" for name, value in attributes}
        links = [about[name] for name in ("href", "src", "action", "formaction") if name in about]
        if links and links[0].startswith(_PICTURE):
            drawn = read(unquote(links.pop(0).removeprefix(_PICTURE)))
            self.foreign += [one for one in drawn.foreign if one != "style {}"]  # its own colours
        is_ours = not _FOREIGN.search(tag) and all(re.match(r"[/#?](?!/)", one) for one in links)
        is_ours &= tag != "script" or about.get("src", "").startswith("/static/")
        if not is_ours or any(re.match("on|.*kr7|style", name) for name in about):
            self.foreign.append(f"{tag} {about}")
        name = about.get("name", "")
        if tag in {"textarea", "select"} or (tag == "input" and about.get("type") in _TYPED):
            self.controls[name] = Control(about.get("value", ""), about)
        if tag == "option" and "selected" in about:
            self._within("select").value = about.get("value", "")
        if tag not in _EMPTY:
            self._open.append((tag, about))

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and whatever was left open in it."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep a text where it belongs."""
        if self._open and self._open[-1][0] == "textarea":
            self._within("textarea").value += data
        for _, about in self._open:
            if "id" in about:
                self.texts[about["id"]] = self.texts.get(about["id"], "") + data
            if about.get("role") == "alert" and data.strip():
                self.alerts.append(data.strip())

    def _within(self, tag: str) -> Control:
        name = next(about["name"] for called, about in reversed(self._open) if called == tag)
        return self.controls[name]

    def typed(self, name: str) -> str:
        """Return what stands in a control: a browser leaves out the line feed before a text."""
        control = self.controls[name]
        return control.value.removeprefix("\n") if "type" not in control.about else control.value

    def told(self) -> dict[str, str]:
        """Return what is told beside controls that are wrong, by the names of their fields."""
        return {
            name: self.texts.get(one.about["aria-describedby"].split()[-1], "").strip()
            for name, one in self.controls.items()
            if "aria-invalid" in one.about
        }


def read(text: str) -> Shown:
    """Return a page as a browser reads it."""
    shown = Shown()
    shown.feed(text)
    shown.close()
    return shown
