"""Whether a browser has an answer already, as it says with the tags of the answers that it keeps."""

from starlette.datastructures import Headers


def is_known(tag: str | None, headers: Headers) -> bool:
    """Tell whether a request with these headers names the ETag of an answer; weak and strong ones are alike.

    >>> is_known('W/"a"', Headers({"if-none-match": '"b", "a"'})), is_known('"c"', Headers({}))
    (True, False)
    """
    named = {one.strip().removeprefix("W/") for one in headers.get("if-none-match", "").split(",")}
    return tag is not None and tag.removeprefix("W/") in named
