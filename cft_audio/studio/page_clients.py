"""The pages of all clients: who is kept, a new one, and the passphrase that closes them all."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from starlette.routing import Route

from cft_audio.application.clients import locking
from cft_audio.application.clients.files import ClientFiles
from cft_audio.application.clients.handing_over import HAND_OVER
from cft_audio.application.clients.kept import list_clients
from cft_audio.errors import CftAudioError, LockedError, RequestError
from cft_audio.files.file_manager import show_file
from cft_audio.files.passwords import check_same
from cft_audio.people.clients.key_files import is_locked
from cft_audio.people.clients.unlocking import check_passphrase
from cft_audio.studio.client_ids import id_of_client
from cft_audio.studio.pages import go_to, page, posted, told, typed, workroom_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cft_audio.studio.workroom import Workroom

UNLOCK = "/clients/unlock"
"""The page that asks for the passphrase."""


def is_closed(room: Workroom) -> bool:
    """Return whether clients are locked, and the passphrase is not known yet."""
    if not is_locked(room.folders.data):
        return False
    try:
        return not room.keys.private_key()
    except LockedError:
        return True


def once_open(answer: Callable[..., Response]) -> Callable[..., Response]:
    """Return an endpoint that leads to the page of the passphrase where that is needed first."""

    def endpoint(request: Request, *form: FormData) -> Response:
        return go_to(UNLOCK) if is_closed(workroom_of(request)) else answer(request, *form)

    return endpoint


def show(request: Request) -> Response:
    """List everybody of whom something is kept; names only where they are asked for."""
    room, named = workroom_of(request), request.query_params.get("names") == "yes"
    rows = list_clients(room.folders)
    shown = [(id_of_client(r.place.called), r) for r in rows if named or not r.is_named]
    return page(
        request,
        "clients",
        named=named,
        rows=shown,
        hidden=len(rows) - len(shown),
        locked=is_locked(room.folders.data),
        closed=is_closed(room),
    )


def ask_new(request: Request) -> Response:
    """Ask for the code of a new client, and what they are called."""
    return page(request, "client_new", texts={"code": "", "name": "", "same": "yes"}, errors={})


def begin(request: Request, form: FormData) -> Response:
    """Begin the file of a client."""
    room = workroom_of(request)
    texts = {name: typed(form, name) for name in ("code", "name", "same")}
    given = {"name": texts["name"]} if texts["name"] else {}
    files, today = ClientFiles(room.folders, room.settings), datetime.now().astimezone().date()
    try:
        kept = files.begin(texts["code"], given, today, lambda: texts["same"] == "yes")
    except RequestError as error:
        errors = {error.field: told(error)}
        return page(request, "client_new", status=422, texts=texts, errors=errors)
    return go_to(f"/clients/{id_of_client(kept.place.called)}")


def ask_passphrase(request: Request) -> Response:
    """Ask for the passphrase."""
    return page(request, "unlock", errors={})


def unlock(request: Request, form: FormData) -> Response:
    """Open the key for as long as the studio is open."""
    room = workroom_of(request)
    try:
        room.keys.unlock(str(form.get("passphrase", "")))
    except LockedError as error:
        return page(request, "unlock", status=422, errors={"passphrase": told(error)})
    room.queue.look_again()
    return go_to("/clients")


def lock_again(request: Request) -> Response:
    """Know the key no more."""
    workroom_of(request).keys.lock()
    return go_to("/clients")


def ask_to_lock(request: Request) -> Response:
    """Ask for a passphrase to be set."""
    return page(request, "lock", about=locking.ABOUT, errors={})


def lock(request: Request, form: FormData) -> Response:
    """Close all that is kept of clients, from now on."""
    room, passphrase = workroom_of(request), str(form.get("passphrase", ""))
    try:
        check_same(passphrase, str(form.get("again", "")))
        check_passphrase(passphrase)
        locking.lock_clients(room.folders, lambda: passphrase, keyring=False)
        room.keys.unlock(passphrase)
    except CftAudioError as error:
        errors = {error.field or "passphrase": told(error)}
        return page(request, "lock", status=422, about=locking.ABOUT, errors=errors)
    return go_to("/clients")


def unlock_for_good(request: Request) -> Response:
    """Open all that is kept of clients, so that no passphrase is needed any more."""
    locking.unlock_clients(workroom_of(request).folders)
    return go_to("/clients")


def show_folder(request: Request) -> Response:
    """Show what was put together to be handed over, where it lies."""
    show_file(workroom_of(request).output / HAND_OVER / "letter.html")
    return go_to("/clients")


ROUTES = (
    Route("/clients", show),
    Route("/clients/new", once_open(ask_new)),
    Route("/clients/new", posted(once_open(begin)), methods=["POST"]),
    Route(UNLOCK, ask_passphrase),
    Route(UNLOCK, posted(unlock), methods=["POST"]),
    Route("/clients/lock-again", lock_again, methods=["POST"]),
    Route("/clients/lock", ask_to_lock),
    Route("/clients/lock", posted(lock), methods=["POST"]),
    Route("/clients/unlock-for-good", once_open(unlock_for_good), methods=["POST"]),
    Route("/clients/folder", show_folder, methods=["POST"]),
)
