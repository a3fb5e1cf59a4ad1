"""``cft-audio studio``: everything, as pages in one's own browser."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from typing import TYPE_CHECKING

import click

from cft_audio.cli.face import Face, complain
from cft_audio.cli.terminal import echo
from cft_audio.files.this_process import let_go
from cft_audio.studio.address import HIGHEST_PORT, LOWEST_PORT, link, listen, port_of
from cft_audio.studio.entrance import Entrance
from cft_audio.studio.instance import announce, only_studio

if TYPE_CHECKING:
    import socket
    from pathlib import Path

_INVITATION = (
    "This is open only in the browser in which its link was used, once. Start the studio again as "
    "you did before ('cft-audio studio'): it gives a new link, and nothing of yours is lost.\n"
)

_OPENING_S = 10.0
"""Seconds in which a browser is begun."""

_ENDING_S = 0.2
"""Seconds in which threads end that are still at work for nobody."""


@click.command("studio")
@click.option(
    "--port",
    type=click.IntRange(LOWEST_PORT, HIGHEST_PORT),
    help="Listen at this port.  [default: one that is free]",
)
@click.option("--no-open", is_flag=True, help="Print the link, and open no browser.")
@click.pass_obj
def command(face: Face, /, *, port: int | None, no_open: bool) -> None:
    """Open everything as pages in your browser, for you alone.

    It is served by this machine to this machine, and ends by Ctrl-C, from its page, or once nobody
    has been there for two hours. If it is open already, you get a new link to it.

    \b
    Example:
      cft-audio studio
    """
    folder = face.folders.data / "studio"
    with only_studio(folder) as running:
        if running:
            _tell("The studio is open already.")
            _show(running, open_it=not no_open).join(_OPENING_S)
            return
        with listen(port or 0) as opened:
            entrance = Entrance(port_of(opened))
            try:
                _show(link(port_of(opened), entrance.new_code()), open_it=not no_open)
                _serve(face, opened, entrance)
            except KeyboardInterrupt:
                pass  # while it began
    _tell("The studio has ended.")
    _leave_threads()


def _serve(face: Face, opened: socket.socket, entrance: Entrance) -> None:
    """Serve until it ends. The browser starts while all of this is imported."""
    from cft_audio.studio.app import make_app
    from cft_audio.studio.opening import open_workroom
    from cft_audio.studio.routes import HANDLERS, ROUTES
    from cft_audio.studio.server import serve
    from cft_audio.studio.state import Studio

    port = port_of(opened)
    password = announce(face.folders.data / "studio", port)
    room = open_workroom(face.folders, _output(face))
    try:
        studio = Studio(
            face.folders,
            port,
            entrance,
            password,
            _INVITATION,
            _report,
            lambda: room.is_busy,
            room.events,
        )
        serve(opened, make_app(studio, ROUTES, HANDLERS, room), studio)
    finally:
        room.end()


def _output(face: Face) -> Path:
    """Return the folder of recordings: as the settings have it, or one with the person's music."""
    import platformdirs

    from cft_audio.application.fields import OUTPUT

    kept: Path | None = face.settings.values.get(OUTPUT.name)
    return kept or platformdirs.user_music_path() / "cft-audio"


def _show(address: str, *, open_it: bool) -> threading.Thread:
    """Print a link and open it, in a thread: a browser takes its time."""
    _tell(address, "The link works once, within a minute; another start gives another.")

    def open_browser() -> None:
        from cft_audio.files.web_browser import open_in_browser

        if not open_in_browser(address):
            complain("No browser has opened: open the link yourself.")

    opening = threading.Thread(target=open_browser if open_it else int, daemon=True)
    opening.start()
    return opening


def _tell(*lines: str) -> None:
    """Print lines, if anything takes them: a studio works without a terminal."""
    try:
        for line in lines:
            echo(line)
    except OSError:
        let_go(sys.stdout)


def _report(fault: Exception) -> None:
    """Say that there was a fault, but not of what: its words could name somebody."""
    if "CFT_AUDIO_TRACEBACK" in os.environ:
        complain("".join(traceback.format_exception(fault)))
        return
    frame = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119
    complain(
        f"cft-audio: a fault in the program itself: {type(fault).__name__} ({where}). Please "
        "report it with what is printed under CFT_AUDIO_TRACEBACK=1; look there for names first."
    )


def _leave_threads() -> None:
    """End this process soon, though a thread may still be at work for a page that is gone."""
    others = (thread for thread in threading.enumerate() if thread is not threading.main_thread())
    if all(thread.daemon for thread in others):
        return
    leaving = threading.Timer(_ENDING_S, os._exit, (0,))
    leaving.daemon = True
    leaving.start()
