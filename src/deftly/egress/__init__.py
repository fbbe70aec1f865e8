"""The one way out to the network: parse, judge, resolve, dial, read, each in a file of its own."""
