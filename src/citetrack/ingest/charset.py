"""Bytes to text: compressed or not, declared or not."""

from __future__ import annotations

import codecs
import re
import zlib

from citetrack.errors import UnreadableSource

#: What a page may unpack to, in bytes.
MAX_BYTES = 20_000_000
_GZIP = b"\x1f\x8b"
_LAYERS = 2  # a page compressed by its server, and again by whoever saved it
_HEAD = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
#: What browsers read under these labels (encoding.spec.whatwg.org, "Names and labels").
_LABELS = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    # A page whose declaration could be read byte by byte is not in UTF-16.
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
_LANG = re.compile(rb"""<html[^>]*?\blang\s*=\s*["']?([a-zA-Z]{2})""", re.IGNORECASE)
#: Tried in this order for a page that names its language only; detectors take these for each other.
_EAST_ASIAN = {
    b"ja": ("euc-jp", "cp932"),
    b"ko": ("cp949",),
    b"zh": ("gb18030", "big5"),
}
_NOT_ASCII = re.compile(rb"[^\n<>]{0,200}[\x80-\xff][^\n<>]{0,200}")
_WESTERN = re.compile(
    r"[àâäáãåæçèéêëìíîïñòóôöõøùúûüýÿßœÀÂÄÁÃÅÆÇÈÉÊËÍÎÏÑÓÔÖÕØÚÛÜŒ’‘“”„–—…«»°·€£§©®²\xa0½×]{1,3}"
)
_SAMPLE = 16_000
_DAMAGE = 0.05  # share of characters outside ASCII that may be broken in a page of UTF-8
_UTF16_HEAD = re.compile(rb"\s*(?:(<\x00[!?a-zA-Z]\x00)|(\x00<\x00[!?a-zA-Z]))")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of `data`; `declared` is the charset named by the server.

    A byte-order mark counts first, then valid UTF-8, the page's own declaration, the server's,
    and last what a detector makes of it. No text carries NUL characters. gzip is undone; raises
    `UnreadableSource` when it is broken or unpacks to more than `MAX_BYTES`.
    """
    data = unpack(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _without_nul(data[len(mark) :].decode(encoding, "replace"))
    if m := _UTF16_HEAD.match(data[:64]):
        return _without_nul(data.decode("utf-16-le" if m[1] else "utf-16-be", "replace"))
    return _without_nul(_decode(data, declared))


def unpack(data: bytes, limit: int = MAX_BYTES) -> bytes:
    """Return `data` with gzip undone; at most `limit` bytes are ever held."""
    for _ in range(_LAYERS):
        if not data.startswith(_GZIP):
            break
        unpacker = zlib.decompressobj(wbits=31)
        try:
            data = unpacker.decompress(data, limit)
        except zlib.error:
            raise UnreadableSource("The page is compressed, and damaged.") from None
        if unpacker.unconsumed_tail:
            raise UnreadableSource(
                f"The page unpacks to more than {limit // 1_000_000} MB.",
                hint="Save the story as text.",
            )
    return data


def _decode(data: bytes, declared: str | None) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    inside = _META.search(data[:_HEAD])
    labels = [inside[1].decode("ascii", "replace") if inside else None, declared]
    for encoding in filter(None, map(_codec, labels)):
        text = _try(data, encoding)
        if text is not None:
            return text
    mostly = data.decode("utf-8", "replace")
    if _little_damaged(mostly):
        return mostly
    return data.decode(_detect(data), "replace")


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    name = label.strip("\"' ").lower()
    name = _LABELS.get(name, name)
    try:
        b"a".decode(name, "replace")
    except (LookupError, ValueError):  # unknown, or no encoding of text
        return None
    return codecs.lookup(name).name


def _try(data: bytes, encoding: str) -> str | None:
    """Return `data` in `encoding`, or None when it plainly is not in it."""
    if encoding == "utf-8":
        return None  # tried before
    text = data.decode(encoding, "replace")
    return text if _little_damaged(text) else None


def _little_damaged(text: str) -> bool:
    broken = text.count("\ufffd")
    if not broken:
        return True
    beyond = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    return broken <= _DAMAGE * beyond


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = b"\n".join(_NOT_ASCII.findall(data[: 64 * _SAMPLE]))[:_SAMPLE]
    if _western(sample):
        return "cp1252"
    if m := _LANG.search(data[:_HEAD]):
        for encoding in _EAST_ASIAN.get(m[1].lower(), ()):
            if _try(data, encoding) is not None:
                return encoding
    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def _western(sample: bytes) -> bool:
    """Tell whether all bytes beyond ASCII are letters and quotes that Western Europe uses.

    charset-normalizer takes single French and German sentences for Central European.
    """
    beyond = re.findall(r"[^\x00-\x7f]+", sample.decode("cp1252", "replace"))
    return all(map(_WESTERN.fullmatch, beyond))


def _without_nul(text: str) -> str:
    return text.replace("\x00", "") if "\x00" in text else text
