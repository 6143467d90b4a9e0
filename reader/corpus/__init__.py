"""Articles: decoding, language, structure and sentences of news texts."""
