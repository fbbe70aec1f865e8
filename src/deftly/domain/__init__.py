"""What things are and how they may change: pure values and rules, no input or output."""
