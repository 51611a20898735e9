"""`python -m restructure_cli` is `restructure`; the program begins here, so that Ctrl-C is met from the start."""

import os

_INTERRUPTED = 130


def run() -> None:
    """Run the command line; Ctrl-C ends it during the imports just as it does later.

    A run is short and ends with everything it read, so cycles are left uncollected and the memory goes back to the
    system whole; on a service that is a quarter of the time, on a county half a second.
    """
    try:
        import gc

        gc.disable()
        from restructure_cli.cli import run as command_line

        command_line()
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)


if __name__ == "__main__":
    run()
