"""Through which door a work comes in (rule 89): the program's token, or the page the
session began at."""

from accounts.models import AccessToken
from submissions.models import Submission

SESSION_KEY = "channel"
OF_SESSIONS = {Submission.Channel.OFFICIAL_ACCOUNT}


def enter_by(request, channel: Submission.Channel) -> None:
    """Remember for this session that somebody came by this channel."""
    if channel not in OF_SESSIONS:
        raise ValueError(f"{channel} is no channel of sessions")
    request.session[SESSION_KEY] = str(channel)


def channel_of(request) -> Submission.Channel:
    """The channel of what this request begins; nobody can name another."""
    token = getattr(request, "auth", None)
    if isinstance(token, AccessToken):
        return Submission.Channel(token.channel)
    remembered = request.session.get(SESSION_KEY)
    if remembered in OF_SESSIONS:
        return Submission.Channel(remembered)
    return Submission.Channel.WEB
