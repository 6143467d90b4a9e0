"""What several histories say together: the state of a library as a function of their union."""
