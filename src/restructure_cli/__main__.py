"""`python -m restructure_cli` is `restructure`; the program begins here, so that Ctrl-C is met from the start."""

import os

_INTERRUPTED = 130


def run() -> None:
    """Run the command line; Ctrl-C ends it during the imports just as it does later."""
    try:
        from restructure_cli.cli import run as command_line

        command_line()
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)


if __name__ == "__main__":
    run()
