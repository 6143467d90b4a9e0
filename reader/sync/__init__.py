"""A folder of text files through which libraries tell each other what they know."""
