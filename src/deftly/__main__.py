"""``python -m deftly``: the command line."""

from deftly.cli import main

main()
