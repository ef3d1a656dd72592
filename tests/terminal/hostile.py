"""Texts made to steer a terminal, to hide or turn around what stands beside them, or to be taken for markup."""

import unicodedata

ZALGO = "e" + "\u0301\u0300\u0302\u0303\u0308\u030a\u0327\u0328" * 12

HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "\x1b[2J\x1b[H",
    "\x1b[1A\x1b[2K GO ",
    "\x1b[8mhidden",
    "\x1b[?1049h",
    "\x1b]0;title\x07",
    "\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1bPq\x1b\\",
    "\x1b_payload\x1b\\",
    "\x1bc",
    "\x9b31mred",
    "\x9d52;c;ZXZpbA==\x9c",
    "\x90q\x9c",
    "\x85next",
    "a\bb\x7fc",
    "bell\x07",
    "one\x0btwo\x0cthree",
    "over\rwritten",
    "one\ntwo\r\nthree",
    "tab\ttab",
    "\u202etxt.exe\u202c",
    "\u2066left\u2069\u2067right\u2069",
    "\u200fmark\u200e",
    "zero\u200bwidth\u200c\u200d\u2060",
    "\ufeffmark",
    "\u2028line\u2029paragraph",
    "soft\xadhyphen",
    "\U000e0067\U000e006f tags",
    "private \ue000 \U000f0000",
    "[red]markup[/red]",
    "[/]",
    "[bold link=http://example.org]x",
    ":smile: :warning:",
    ZALGO,
    "e" + ("\u0301\u0300\u0302\u0308\u200d" * 20),
    "漢字かな交じり文 ｗｉｄｅ",
    "👩‍👩‍👧‍👦 🇺🇸 👍🏽",
    "x" * 500,
)


def short(text: str) -> str:
    """A name for a hostile text that a report can show."""
    return ascii(text)[1:24]


def steering(data: bytes) -> list[str]:
    """Everything in some output that is no letter, sign, blank, tab or line end."""
    return sorted({f"U+{ord(letter):04X}" for letter in data.decode() if is_steering(letter)})


def is_steering(letter: str) -> bool:
    """True for what no output holds: controls, formatting, bidi marks and other line ends. A tab may stand in data."""
    return letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")
