"""`python -m restructure_cli` is `restructure`; the program begins here, so that Ctrl-C is met from the start."""

import os

_INTERRUPTED = 130


def run() -> None:
    """Run the command line; interrupted while it is still being imported, it ends as it would later on."""
    try:
        from restructure_cli.cli import run as command_line

        command_line()
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)


if __name__ == "__main__":
    run()
