"""`python -m restructure_cli` is `restructure`."""

from restructure_cli.cli import run

if __name__ == "__main__":
    run()
