"""Definitions from elsewhere: cURL commands, OpenAPI documents, and exports of our own."""
