"""Refusals that people see. Anything else that is raised is a bug."""


class RuleViolation(Exception):
    """A rule of the contest refuses this. `code` is stable, `message` is for people."""

    code = "rule_violation"

    def __init__(self, message, *, code=None, fields=None, findings=()):
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.fields = fields or {}
        self.findings = list(findings)
