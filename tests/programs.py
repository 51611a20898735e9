"""Programs of other people that some tests look at our files with, where the machine has them."""

import shutil

PROGRAMS = {
    "Chromium": ("chromium", "chromium-browser", "google-chrome", "chrome"),
    "LibreOffice": ("soffice", "libreoffice"),
    "SARIF Multitool": ("sarif-multitool",),
}
"""Each with the names it goes by."""


def program(name: str) -> str | None:
    """Return the path of a program, None where it is not there."""
    return next((path for command in PROGRAMS[name] if (path := shutil.which(command)) is not None), None)
