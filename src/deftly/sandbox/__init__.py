"""Where processes start, and what keeps them in bounds."""
