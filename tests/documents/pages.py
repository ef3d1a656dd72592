"""A page of HTML as a reader and a screen reader take it: its tags, its prose, its colors."""

import re
from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"meta", "path", "rect", "circle"})


class Page(HTMLParser):
    """Every tag with its attributes, in order, and the text in each element of prose."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.prose: list[str] = []
        self.feed(page)
        self.close()
        assert self.wrong == []
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("p", "li", "dd"):
            self.prose.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if {"p", "li", "dd"} & set(self.open) and "svg" not in self.open:
            self.prose[-1] += data

    def handle_comment(self, data: str) -> None:
        self.wrong.append(data)

    def sentences(self) -> list[str]:
        """The prose by sentences; lists of places beside the map, the name and the address are none."""
        text = [" ".join(words.split()) for words in self.prose]
        prose = [words for words in text if words.endswith(".")]
        return [part for words in prose for part in re.split(r"(?<=[.])\s+", words) if re.search("[a-z]", part)]


def syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, a silent e aside."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - bool(re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$", word.lower())))


def grade(sentences: list[str]) -> float:
    """The school grade of Flesch and Kincaid that reads these sentences with ease."""
    words = [word for sentence in sentences for word in re.findall(r"[A-Za-z']+|[0-9]+", sentence)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def contrast(one: str, other: str) -> float:
    """How far two colors differ in light, from 1 to 21."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(color: str) -> float:
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
