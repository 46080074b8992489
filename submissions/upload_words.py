"""What the browser says while files are on their way; it fills in numbers only."""

from django.utils.translation import gettext as _


def upload_words() -> dict:
    """Every `%(name)s` is filled in by static/js/upload_figures.js."""
    return {
        "states": _states(),
        "of": _("of %(size)s"),
        "hours": _("%(hours)s h %(minutes)s min"),
        "minutes": _("%(minutes)s min %(seconds)s s"),
        "seconds": _("%(seconds)s s"),
        "progress": _("%(percent)s, %(sent)s sent, time left: %(left)s"),
        "note": _(
            "No network, or the screen goes dark: no harm done. Open this page again "
            "and choose the same file; it goes on from %(percent)s."
        ),
        "step": _("Uploading: %(percent)s"),
        "dock": _("Uploading in the background: %(percent)s"),
        "elsewhere": _("Another device is uploading this just now"),
        "different": _(
            "“%(other)s” is not the file that was on its way, “%(name)s”. Go on with "
            "that one, or upload this one instead?"
        ),
        "many": _("That is more files than this work takes. Please choose fewer."),
        "anyway": _("Upload it anyway"),
    }


def _states() -> dict[str, str]:
    return {
        "waiting": _("Waits for its turn"),
        "asking": _(
            "You are on mobile data, and this takes about %(size)s. Upload now?"
        ),
        "later": _("Starts by itself once there is Wi-Fi"),
        "sending": _("On its way"),
        "offline": _("No connection just now. It goes on by itself."),
        "paused": _("Paused at %(percent)s"),
        "finishing": _("All of it has arrived; it is being put away"),
        "done": _("It has arrived"),
        "refused": _("The portal did not take this file."),
        "ended": _(
            "This upload was stopped: on another device, or because it had lain too "
            "long. Please upload the file once more."
        ),
        "signed-out": _(
            "Your sign-in has run out. What has arrived is kept: sign in, then choose "
            "the same file."
        ),
        "remembered": _("%(percent)s had arrived. Choose the same file to go on."),
    }
