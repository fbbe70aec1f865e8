"""There is one way to answer with a stream, and it asks who follows."""

from pathlib import Path

REST = Path(__file__).parents[2] / "src/deftly/rest"


def test_streams_of_events_are_made_in_one_place():
    makers = {file.name for file in REST.glob("*.py") if "EventStream(" in file.read_text()}

    assert makers == {"sse.py", "streaming.py"}  # where it is defined, and where it is used
