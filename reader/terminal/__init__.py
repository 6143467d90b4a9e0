"""Which terminal this is: what it answers, what the environment says, what that means."""
