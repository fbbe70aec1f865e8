"""The REST door: translates, authenticates, answers; decides nothing."""
