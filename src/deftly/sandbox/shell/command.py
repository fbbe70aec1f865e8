"""What the shell sandbox is given, and what comes of it."""

from collections.abc import Mapping

from deftly.values import light_value


@light_value
class ShellCommand:
    """One command for ``/bin/sh``.

    Attributes:
        script: The owner's text, values by reference: anybody on the machine may read it.
        variables: What it refers to, by name.
        timeout_s: The most it may take, waiting for its turn left out.
    """

    script: str
    variables: Mapping[str, str]
    timeout_s: float


@light_value
class ShellEnded:
    """A command that ended by itself.

    Attributes:
        exit_code: 128 and the number of the signal where one ended it, as shells tell it.
        stdout: The first 64 KiB, as UTF-8.
        stderr: The same.
        sent_bytes: What it sent over the network.
        received_bytes: What it received.
    """

    exit_code: int
    stdout: str
    stderr: str
    stdout_truncated: bool = False
    stderr_truncated: bool = False
    sent_bytes: int = 0
    received_bytes: int = 0

    @property
    def is_truncated(self) -> bool:
        """Whether it wrote more than is here."""
        return self.stdout_truncated or self.stderr_truncated
