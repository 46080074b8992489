"""What people do with submissions: one verb, one transaction each."""

from submissions.services.conversions import (
    ConversionRefused,
    convert_again,
    retry_conversion,
    stop_conversion,
)
from submissions.services.drafts import (
    NotAsked,
    NotEditable,
    create_draft,
    declare,
    set_authors,
    sign_for_child,
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
from submissions.services.links import (
    LinkRefused,
    add_links,
    move_link,
    remove_link,
)
from submissions.services.proofs import ProofRefused, add_proof, remove_proof

__all__ = [
    "CollectionClosed",
    "ConversionRefused",
    "FileRefused",
    "Incomplete",
    "LinkRefused",
    "NotAsked",
    "NotEditable",
    "ProofRefused",
    "add_file",
    "add_links",
    "add_proof",
    "caption_file",
    "convert_again",
    "create_draft",
    "declare",
    "disqualify",
    "is_settled",
    "missing_for_submit",
    "move_file",
    "move_link",
    "remove_file",
    "remove_link",
    "remove_proof",
    "reopen",
    "replace_file",
    "retry_conversion",
    "retry_inspection",
    "set_authors",
    "sign_for_child",
    "stop_conversion",
    "submit",
    "update_draft",
    "withdraw",
]
