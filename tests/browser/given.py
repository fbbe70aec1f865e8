"""What a person gives a page: files that are dropped, documents that are small."""

from playwright.sync_api import Page


def operation(operation_id: str, *names: str) -> dict[str, object]:
    """Return an OpenAPI operation whose path has these names."""
    named = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]
    return {"operationId": operation_id, "summary": f"Does {operation_id}.", "parameters": named}


def dropped(page: Page, name: str, text: str) -> None:
    """Drop a file on the page, anywhere."""
    transfer = page.evaluate_handle(
        """([name, text]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], name));
            return transfer;
        }""",
        [name, text],
    )
    page.dispatch_event("main", "drop", {"dataTransfer": transfer})
