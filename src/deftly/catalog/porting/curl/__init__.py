"""From a cURL command to a draft."""
