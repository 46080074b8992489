"""Looks into a PDF in a process of its own, which reads it from its standard input.

PDFium breaks when two threads of a process use it at once, and a PDF of a few kilobytes
may unfold to gigabytes. So it works beside the portal, within narrow limits, and no
page is opened. Knows nothing of Django.
"""

import json
import resource
import signal
import sys

import pypdfium2
import pypdfium2.raw as pdfium

from submissions.media.fence import calls, landlock
from submissions.media.fence.limits import PR_SET_PDEATHSIG, libc

MOST_MEMORY_BYTES = 640 << 20
MOST_CPU_S = 10
PROGRAMMED_FORMS = {pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND}


def confine() -> None:
    """Little memory, little time, no files, no calls that a reader does not need, and
    no life after the parent's."""
    code, rules = calls.program(may_run=False), landlock.rules([])
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    calls.give_up_privileges(libc)
    if rules is not None:
        landlock.enter(rules)
    if code:
        calls.enter(code, libc)


def look(data: bytes) -> dict[str, object]:
    """How many pages, whether the first has a size, whether anything in it runs."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = len(document)
            return {
                "pages": pages,
                "has_size": pages > 0 and min(document.get_page_size(0)) > 0,
                "is_active": _is_active(document),
            }
    except pypdfium2.PdfiumError as error:
        return {"is_locked": "password" in str(error).lower(), "is_damaged": True}


def _is_active(document):
    return (
        pdfium.FPDFDoc_GetAttachmentCount(document) > 0
        or pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0
        or document.get_formtype() in PROGRAMMED_FORMS
    )


if __name__ == "__main__":
    paper = sys.stdin.buffer.read()
    confine()
    json.dump(look(paper), sys.stdout)
