"""What people do with submissions: one verb, one transaction each."""

from submissions.services.drafts import (
    NotEditable,
    create_draft,
    declare,
    set_authors,
    update_draft,
)
from submissions.services.files import (
    FileRefused,
    add_file,
    caption_file,
    move_file,
    remove_file,
    replace_file,
    retry_inspection,
)
from submissions.services.handing_in import (
    CollectionClosed,
    Incomplete,
    disqualify,
    is_settled,
    missing_for_submit,
    reopen,
    submit,
    withdraw,
)

__all__ = [
    "CollectionClosed",
    "FileRefused",
    "Incomplete",
    "NotEditable",
    "add_file",
    "caption_file",
    "create_draft",
    "declare",
    "disqualify",
    "is_settled",
    "missing_for_submit",
    "move_file",
    "remove_file",
    "reopen",
    "replace_file",
    "retry_inspection",
    "set_authors",
    "submit",
    "update_draft",
    "withdraw",
]
