"""The agent: a model, the actions it may use, and the conversation between them."""
