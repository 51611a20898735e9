"""`python -m restructure_cli` is `restructure`."""

from restructure_cli.cli import main

if __name__ == "__main__":
    main()
