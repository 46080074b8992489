"""How the tests call the API."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.submissions import picture_bytes

LIST = "/api/v1/submissions/"


def one(work, verb=""):
    return f"{LIST}{work.pk}/{verb and verb + '/'}"


def post(program, address, data=None):
    return program.post(address, data or {}, content_type="application/json")


def send_file(program, work, content=None, field="anything", **data):
    content = picture_bytes(size=(1600, 1200)) if content is None else content
    upload = SimpleUploadedFile("a.jpg", content)
    return program.post(one(work, "files"), {field: upload, **data})
