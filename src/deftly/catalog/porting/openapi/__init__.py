"""From an OpenAPI document to drafts."""
