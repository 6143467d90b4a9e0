"""What belongs to the user and this machine, outside any library."""
