"""Every answer of the tus endpoint."""

from submissions.models import MediaFile
from tests.factories.submissions import picture_bytes


def test_a_picture_sent_in_two_pieces_becomes_a_file(
    tus, draft, django_capture_on_commit_callbacks
):
    content = picture_bytes()
    url = tus.begun(len(content))
    first = tus.patch(url, 0, content[:300])
    with django_capture_on_commit_callbacks(execute=True):
        last = tus.patch(url, 300, content[300:])
    assert (first.status_code, first["Upload-Offset"]) == (204, "300")
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(content)))
    file = draft.media_files.get()
    print(
        tus.status(url), file.file.name, file.inspection.verdict, file.inspection.state
    )
    assert file.file.read() == content
    assert list(MediaFile.objects.values_list("sha256"))
