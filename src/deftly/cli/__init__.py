"""The command line: ``main`` is what ``deftly`` runs."""


def main() -> None:
    """Run the command line and end the process: 0 success, 1 failure, 2 wrong usage."""
    from deftly.cli.root import run

    run()
