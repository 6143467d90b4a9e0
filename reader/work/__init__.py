"""What somebody does in a library beyond the open article, each thing one action of the history."""
