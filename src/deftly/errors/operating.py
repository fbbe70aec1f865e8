"""What is not to be had now or here, and what only an operator can put right."""

from deftly.errors.root import DeftlyError


class Unavailable(DeftlyError):
    """Not now, or not here."""


class HandlerUnavailable(Unavailable):
    """This installation cannot carry out this kind of action."""

    code = "handler_unavailable"


class ModelUnavailable(Unavailable):
    """No model is configured, or it cannot be reached."""

    code = "model_unavailable"


class ModelAnswerUnusable(Unavailable):
    """The model answered, and nothing can be made of it."""

    code = "model_answer_unusable"


class StoreUnavailable(Unavailable):
    """The store cannot be written or read now; nothing was sent."""

    code = "store_unavailable"


class OperatorError(DeftlyError):
    """The operator's settings or files are at fault; nothing starts."""


class InvalidSettings(OperatorError):
    """A setting is wrong; the message names it, its value's fault and the fix."""

    code = "invalid_settings"
