"""Security schemes: which credential goes where, as a secret's placeholder."""

from urllib.parse import quote

from deftly.catalog.porting.credentials import secret_name
from deftly.catalog.porting.openapi.document import InexpressibleError, Operation
from deftly.catalog.porting.openapi.inputs import Request, as_object
from deftly.values import JsonObject


def add_security(request: Request, operation: Operation, api_name: str) -> None:
    """Add the credentials of the first alternative that can be expressed."""
    root = request.document.root
    given = operation.node.get("security", root.get("security"))
    alternatives = (
        [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    )
    if not alternatives or {} in alternatives[:1]:
        return
    schemes = as_object(as_object(root.get("components")).get("securitySchemes"))
    faults: list[str] = []
    for alternative in alternatives:
        try:
            placed = [
                _place(name, request.document.resolved(schemes.get(name)), api_name)
                for name in alternative
            ]
        except InexpressibleError as fault:
            faults.append(str(fault))
            continue
        for place, name, text in placed:
            _put(request, place, name, text)
        return
    request.warn("handler.headers", f"No credential is sent. {' '.join(faults[:3])}")


def _place(name: str, scheme: JsonObject, api_name: str) -> tuple[str, str, str]:
    """Return where a scheme's credential goes, under which name, as which text."""
    secret = f"{{{{secrets.{secret_name(api_name, name)}}}}}"
    match scheme:
        case {"type": "apiKey", "in": "header" | "query" | "cookie" as place, "name": str(field)}:
            return place, field, secret
        case {"type": "http", "scheme": str(kind)} if kind.lower() in {"bearer", "basic"}:
            return "header", "Authorization", f"{kind.title()} {secret}"
        case {"type": "oauth2" | "openIdConnect"}:
            return "header", "Authorization", f"Bearer {secret}"
        case {"type": str(kind)}:
            said = f"{kind} {scheme.get('scheme', '')}".strip()
            raise InexpressibleError(f"{name} ({said[:60]}) is nothing a template can do.")
        case _:
            raise InexpressibleError(f"{name} is not among the document's securitySchemes.")


def _put(request: Request, place: str, name: str, text: str) -> None:
    match place:
        case "header":
            request.set_header(name, text)
        case "query":
            spelled = f"{quote(name, safe='')}="
            request.query = [one for one in request.query if not one.startswith(spelled)]
            request.query.append(f"{spelled}{text}")
        case _:
            request.cookies.append(f"{quote(name, safe='')}={text}")
    if text.startswith("Basic "):
        secret = text.removeprefix("Basic {{secrets.").removesuffix("}}")
        request.warn("handler.headers", f"{secret} is the base64 of user:password.")
