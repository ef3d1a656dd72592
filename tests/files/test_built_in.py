"""The knowledge that comes with the program."""

from massage_cli.files.built_in import FOLDER, built_in_knowledge
from massage_cli.knowledge.loading import FILE_NAMES, digest_of


def test_the_built_in_knowledge_is_the_one_of_its_folder() -> None:
    files = {name: (FOLDER / name).read_bytes() for name in FILE_NAMES}
    assert built_in_knowledge().digest == digest_of(files)


def test_the_built_in_knowledge_is_the_same_each_time() -> None:
    first, second = built_in_knowledge(), built_in_knowledge()
    assert (first.rules, first.techniques, first.protocols) == (second.rules, second.techniques, second.protocols)
