"""The interface in browsers: a small web server that lets in who has a token, one process each."""
