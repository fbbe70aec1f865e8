"""Shell commands as templates: every placeholder is known to be one word of data, or refused."""

from deftly.domain.template.shell.template import RenderedShell, ShellTemplate, compile_shell

__all__ = ["RenderedShell", "ShellTemplate", "compile_shell"]
