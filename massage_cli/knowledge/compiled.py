"""The knowledge in one compact form, made when the package is built, so that a start need not parse the TOML files.

It is no cache: it carries the digest of the files it was made from and is used only while that still fits, and a
checksum of its own, so that a damaged one is not used either. The TOML files stay the truth.
"""

import hashlib

import msgspec

from massage_cli import __version__
from massage_cli.knowledge.pack import Knowledge

FILE_NAME = "compiled.msgpack"
_CHECKSUM_BYTES = 32


def compile_knowledge(knowledge: Knowledge) -> bytes:
    """The compact form: a SHA-256 checksum, then digest and knowledge as MessagePack."""
    body = msgspec.msgpack.encode((__version__, knowledge.digest, msgspec.Raw(msgspec.msgpack.encode(knowledge))))
    return hashlib.sha256(body).digest() + body


def read_compiled(blob: bytes, *, digest: str) -> Knowledge | None:
    """The knowledge, or None when the compact form is damaged, or made by another version or from other files than the digest's."""
    body = blob[_CHECKSUM_BYTES:]
    if hashlib.sha256(body).digest() != blob[:_CHECKSUM_BYTES]:
        return None
    try:
        version, made_from, knowledge = msgspec.msgpack.decode(body, type=tuple[str, str, msgspec.Raw])
        fits = version == __version__ and made_from == digest
        return msgspec.msgpack.decode(knowledge, type=Knowledge) if fits else None
    except msgspec.DecodeError:
        return None
