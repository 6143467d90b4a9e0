"""Strategies for texts that are hard to set: scripts, marks, controls and emoji mixed."""

from __future__ import annotations

from hypothesis import strategies as st

ARABIC = "\u0627\u0628\u062c\u062f\u0644\u0645\u0646\u0647\u06cc\u06d5\u0621\u0622\u06ba"
MARKS = "\u064e\u0651\u0670\u0301\u034f\u20e3"
HEBREW = "\u05d0\u05d1\u05e9"
DIGITS = "019\u0660\u0669\u06f1"
NEUTRALS = " .,:;!?%+-/()[]\u00ab\u00bb\"'\u060c\u00a0\u2003\t\u3000"
CONTROLS = "\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ODDITIES = "\x00\x1b\x7f\x85\x9b\u00ad\u200b\u2028\ufeff\u06dd\u0600\u0605\u08e2\u180e\ufffd\ue000"
WIDE = "\u6f22\uac00\u1100\u1161\uff21\u0e01\u0e33\u0915\u094d\u0937\u093f"
# Syriac, Thaana, N'Ko, Samaritan, Mandaic, Adlam, Hanifi Rohingya, Old Turkic: letters,
# marks and digits.
OTHER_SCRIPTS = (
    "\u0710\u0712\u0718\u0711\u0730\u074d\u0780\u0783\u07a6\u07b0\u07ca\u07db\u07eb\u07c0"
    "\u07c9\u0800\u0816\u0840\u0859\U0001e900\U0001e922\U0001e944\U0001e950\U00010d00"
    "\U00010d24\U00010d30\U00010c00\u0750\u08a0\u08d4\u0870"
)
EMOJI = (
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f", "1\ufe0f\u20e3",
    "\U0001f44d\U0001f3fd", "\U0001f1fa\U0001f1f8", "\U0001f1fa", "\U0001f3fd", "\U0001fadd",
    "\u231a\ufe0e", "\u2764\ufe0f\u200d\U0001f525", "\U0001d127",
)  # fmt: skip

pieces = st.one_of(
    st.sampled_from(ARABIC),
    st.sampled_from(["\u0644\u0627", "\u0644\u064e\u0622", "\u0645\u0646 ", "\u0642\u0627\u0644 "]),
    st.sampled_from(["abc ", "Reuters", "x", "y", "Z"]),
    st.sampled_from(MARKS + HEBREW + DIGITS),
    st.sampled_from(NEUTRALS),
    st.sampled_from(CONTROLS),
    st.sampled_from(ODDITIES + WIDE),
    st.sampled_from(EMOJI),
    st.text(OTHER_SCRIPTS, min_size=1, max_size=4),
    st.characters(exclude_categories=["Cs"]),
)
any_text = st.lists(pieces, max_size=40).map("".join)
"""Anything but lone surrogates; it may hold paragraph separators too."""

plain_bidi = st.text(ARABIC.replace("\u0644", "") + HEBREW + "abcXYZ" + DIGITS + " .,:;%+-/")
"""Letters, numbers and neutrals, one cell for each."""

latin = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["Cc", "Cf"])
)
"""Latin letters, punctuation and symbols."""

bases = st.sampled_from([None, 0, 1])
widths = st.integers(1, 40)
