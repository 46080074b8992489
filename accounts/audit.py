"""The audit log: one line for each thing that must be answered for later.

Lines can be written and read, never changed: a database trigger refuses. So they hold
no personal data: an actor is an id with a username, a citizen just an id.
"""

from django.db.models import Model

from accounts.models import AuditEntry


def record(action, *, by, target="", contest=None, at=None, ip=None, **detail):
    """Write one line. `by` is a user or None, `target` a row or a short text."""
    known = by is not None and by.pk is not None
    if contest is None:
        contest = getattr(target, "contest", None)
    when = {"at": at} if at else {}
    return AuditEntry.objects.create(
        actor_id=by.pk if known else None,
        actor_label=by.audit_label if known else "",
        action=action,
        target=_label(target),
        contest_key=contest.key if contest else "",
        ip_address=ip,
        detail=detail,
        **when,
    )


def _label(target):
    if isinstance(target, Model):
        return f"{target._meta.label_lower}:{target.pk}"
    return target
