"""Parts of a file on request (RFC 9110, 14): films can be wound forward, downloads go on."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], Any]

OK, PARTIAL, NOT_THERE = 200, 206, 416
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
BLOCK = 64 * 1024


def byte_ranges(get_response: Handler) -> Handler:
    """Answer a file with the part that was asked for; several at once get the whole."""

    def respond(request: HttpRequest) -> Any:
        response = get_response(request)
        if not _is_whole_file(response):
            return response
        response.headers["Accept-Ranges"] = "bytes"
        asked = ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
        if request.method != "GET" or asked is None or not _is_same(request, response):
            return response
        return _part(response, *asked.groups())

    return respond


def _is_whole_file(response: Any) -> bool:
    return (
        isinstance(response, FileResponse)
        and response.status_code == OK
        and "Content-Length" in response.headers
        and response.file_to_stream is not None
        and response.file_to_stream.seekable()
    )


def _is_same(request: HttpRequest, response: FileResponse) -> bool:
    """Whether the reader, who has a part already, has one of this very file (If-Range)."""
    known = request.headers.get("If-Range")
    names = (response.headers.get("ETag"), response.headers.get("Last-Modified"))
    return known is None or (not known.startswith("W/") and known in names)


def _part(response: FileResponse, first: str, last: str) -> Any:
    size = int(response.headers["Content-Length"])
    if (not first and not last) or (first and last and int(last) < int(first)):
        return response  # makes no sense, and counts as not asked
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        response.close()
        return HttpResponse(status=NOT_THERE, headers={"Content-Range": f"bytes */{size}"})
    response.status_code = PARTIAL
    response.headers["Content-Length"] = str(end + 1 - start)
    response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.streaming_content = _read(response.file_to_stream, start, end + 1 - start)
    return response


def _read(file: Any, start: int, length: int) -> Iterator[bytes]:
    file.seek(start)
    while length > 0 and (block := file.read(min(BLOCK, length))):
        length -= len(block)
        yield block
