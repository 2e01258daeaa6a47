"""The tokens a model knows, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

PAD, BOS, EOS, UNKNOWN = range(4)
"""Numbers of the first four tokens of every vocabulary."""
_SPECIAL: Final = ("<pad>", "<bos>", "<eos>", "<unk>")


class Vocabulary:
    """An ordered list of tokens. Raises ValueError unless it begins with the special ones and names each token once."""

    def __init__(self, tokens: Sequence[str]) -> None:
        if tuple(tokens[:4]) != _SPECIAL or len(set(tokens)) != len(tokens):
            raise ValueError("not a vocabulary: the special tokens do not come first, or a token comes twice")
        self._tokens = tuple(tokens)
        self._numbers = {token: number for number, token in enumerate(tokens)}

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Read a vocabulary, one token a line. Raises OSError and ValueError."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def save(self, path: Path) -> None:
        """Write one token a line."""
        path.write_text("\n".join(self._tokens) + "\n", encoding="utf-8")

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, number: int) -> str:
        return self._tokens[number]

    def ids(self, tokens: Iterable[str]) -> list[int]:
        """Return the numbers of `tokens`; unknown ones get that of `<unk>`."""
        return [self._numbers.get(token, UNKNOWN) for token in tokens]

    def tokens(self, ids: Iterable[int]) -> list[str]:
        """Return the tokens of `ids`."""
        return [self._tokens[number] for number in ids]
