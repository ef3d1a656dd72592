"""The knowledge in one compact form, made when the package is built, so that a start need not parse the TOML files.

It is no cache: it carries the digest of the files it was made from and is used only while that still fits, and a
checksum of its own, so that a damaged one is not used either. The TOML files stay the truth.
"""

import hashlib

import msgspec

from massage_cli.knowledge.pack import Knowledge

FILE_NAME = "compiled.msgpack"
_CHECKSUM_BYTES = 32


def compile_knowledge(knowledge: Knowledge) -> bytes:
    """The compact form: a SHA-256 checksum, then digest and knowledge as MessagePack."""
    body = msgspec.msgpack.encode((knowledge.digest, msgspec.Raw(msgspec.msgpack.encode(knowledge))))
    return hashlib.sha256(body).digest() + body


def read_compiled(blob: bytes, *, digest: str) -> Knowledge | None:
    """The knowledge, or None when the compact form is damaged or was made from other files than those of the digest."""
    body = blob[_CHECKSUM_BYTES:]
    if hashlib.sha256(body).digest() != blob[:_CHECKSUM_BYTES]:
        return None
    made_from, knowledge = msgspec.msgpack.decode(body, type=tuple[str, msgspec.Raw])
    return msgspec.msgpack.decode(knowledge, type=Knowledge) if made_from == digest else None
