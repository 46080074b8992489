"""Speaks tus 1.0 through Django's test client, with every header in the open."""

import base64
import hashlib

from submissions.models import Upload

ENDPOINT = "/api/v1/uploads/"


def described(**details) -> str:
    """An Upload-Metadata header."""
    return ",".join(
        f"{key} {base64.b64encode(str(value).encode()).decode()}"
        for key, value in details.items()
    )


def summed(content: bytes, algorithm="sha1") -> str:
    """An Upload-Checksum header."""
    digest = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"


class Tus:
    def __init__(self, client, draft):
        self.client = client
        self.draft = draft

    def send(self, method, url, content=b"", **headers):
        given = {"Tus-Resumable": "1.0.0"} | {
            name.replace("_", "-"): str(value)
            for name, value in headers.items()
            if value is not None
        }
        content_type = given.pop("Content-Type", "application/offset+octet-stream")
        if not content:  # Django's client then leaves its type out
            given["Content-Type"] = content_type
        return self.client.generic(method, url, content, content_type, headers=given)

    def create(self, size, content=b"", *, name="桥.jpg", details=None, **headers):
        details = {"filename": name, "submission": self.draft.pk} | (details or {})
        return self.send(
            "POST",
            ENDPOINT,
            content,
            **{"Upload-Length": size, "Upload-Metadata": described(**details)}
            | headers,
        )

    def begun(self, size, **options) -> str:
        """The address of a new upload."""
        response = self.create(size, **options)
        assert response.status_code == 201, response.content
        return response["Location"]

    def patch(self, url, offset, content, **headers):
        return self.send("PATCH", url, content, **{"Upload-Offset": offset} | headers)

    def head(self, url):
        return self.send("HEAD", url)

    def offset(self, url) -> int:
        return int(self.head(url)["Upload-Offset"])

    def status(self, url):
        return self.client.get(url).json()


def row_of(url) -> Upload:
    return Upload.objects.get(token=url.rstrip("/").rsplit("/", 1)[1])


def refusal_of(response):
    return response.status_code, response.json()["code"]
