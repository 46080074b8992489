"""The style page."""

from django.shortcuts import render


def style(request):
    return render(request, "desk/style.html")
