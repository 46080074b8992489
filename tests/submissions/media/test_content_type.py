import pytest

from submissions.media.content_type import LABELS, ContentType, sniff


def ftyp(major, *compatible):
    body = major + bytes(4) + b"".join(compatible)
    return (len(body) + 8).to_bytes(4, "big") + b"ftyp" + body


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (ftyp(b"isom"), "mp4"),
        (ftyp(b"mp42"), "mp4"),
        (ftyp(b"dash"), "mp4"),
        (ftyp(b"M4V "), "mp4"),
        (ftyp(b"3gp5"), "mp4"),
        (ftyp(b"XAVC"), "mp4"),
        (ftyp(b"qt  "), "mov"),
        (ftyp(b"qt  ", b"isom", b"mp42"), "mov"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "mov"),
        (b"\0\0\0\x08moov", "mp4"),
        (ftyp(b"heic"), "heic"),
        (ftyp(b"mif1"), "heic"),
        (ftyp(b"mif1", b"avif"), "avif"),
        (ftyp(b"avif"), "avif"),
        (ftyp(b"crx "), "raw"),
        (ftyp(b"M4A "), "audio"),
        (b"\xff\xd8\xff\xe1", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\0\0\0\0AVI LIST", "avi"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio"),
        (b"GIF89a", "gif"),
        (b"II*\0\x08\0\0\0", "tiff"),
        (b"II*\0\x10\0\0\0CR\x02", "raw"),
        (b"8BPS\0\x01", "psd"),
        (b"%PDF-1.7", "pdf"),
        (b"\x1a\x45\xdf\xa3....webm", "webm"),
        (b"\x1a\x45\xdf\xa3....matroska", "mkv"),
        (b"FLV\x01", "flv"),
        (b"<!DOCTYPE html>", "html"),
        (b"\xef\xbb\xbf \n<HTML>", "html"),
        (b'<?xml version="1.0"?>\n<svg>', "svg"),
        (b"<svg xmlns=", "svg"),
        (b"<?xml version='1.0'?><rss>", "xml"),
        (b"PK\x03\x04", "zip"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"#EXTM3U\n", "playlist"),
        (b"MZ\x90\0", "program"),
        (b"<?php echo 1;", "script"),
        (b"#!/bin/sh", "script"),
        (b"", "empty"),
        (b"hello", "unknown"),
    ],
)
def test_the_first_bytes_tell_the_kind(head, kind):
    assert sniff(head) == kind


def test_every_kind_has_a_name_for_people():
    assert set(LABELS) == set(ContentType)
    assert all(str(label) for label in LABELS.values())


def test_only_accepted_kinds_are_ever_announced_to_a_browser():
    mime_types = {kind.mime_type for kind in ContentType}

    assert mime_types == {
        "video/mp4",
        "video/quicktime",
        "image/jpeg",
        "application/octet-stream",
    }
