"""Pictures that are uploaded or named by address, and getFile."""

import base64

from bots.sandbox.telegram.errors import bad_request
from bots.sandbox.telegram.methods.call import Answer, Call, Upload, method
from bots.sandbox.telegram.world import Json, StoredFile

_PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp", b"GIF8": "image/gif"}
MAX_PHOTO_BYTES = 10 * 1024 * 1024
# The local Telegram does not look into pictures; every one is said to be this large.
WIDTH, HEIGHT = 1280, 720


def photo_of(call: Call) -> list[Json]:
    """PhotoSize of the photo in this call: an upload, an http(s) address (which is not fetched) or a known file_id."""
    given = call.text("photo")
    upload = call.uploads.get(given.removeprefix("attach://")) or call.uploads.get("photo")
    if upload is not None:
        return [_size(_store(call, upload))]
    if given.startswith(("http://", "https://")):
        return [_size(_new_file(call, url=given))]
    if given not in call.platform.state.files:
        raise bad_request("wrong remote file identifier specified: Wrong character in the string")
    return [_size(call.platform.state.files[given])]


@method("getFile")
def get_file(call: Call) -> Answer:
    found = call.platform.state.files.get(call.text("file_id"))
    if found is None:
        raise bad_request("invalid file_id")
    return _identity(found) | {"file_path": found.path}


def _store(call: Call, upload: Upload) -> StoredFile:
    if len(upload.content) > MAX_PHOTO_BYTES:
        raise bad_request("file of size is too big for a photo; the maximum size is 10485760 bytes")
    kind = next((kind for magic, kind in _PICTURES.items() if upload.content.startswith(magic)), None)
    if kind is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return _new_file(call, content_type=kind, content=base64.b64encode(upload.content).decode())


def _new_file(call: Call, *, url: str = "", content: str = "", content_type: str = "image/jpeg") -> StoredFile:
    number = call.platform.state.next_number()
    file_id, unique = f"AgACAgIAAxkBAAI{number:08d}", f"AQAD{number:08d}"
    stored = StoredFile(file_id, unique, f"photos/file_{number}", content_type, content, url)
    call.platform.state.files[stored.id] = stored
    return stored


def _identity(stored: StoredFile) -> Json:
    size = len(base64.b64decode(stored.content)) if stored.content else 0
    return {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": size}


def _size(stored: StoredFile) -> Json:
    return _identity(stored) | {"width": WIDTH, "height": HEIGHT}
