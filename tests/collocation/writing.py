"""Academic prose made up by chance, always the same for the same seed."""

from __future__ import annotations

import random

VERBS = ("play", "plays", "played", "show", "shows", "discuss", "depend", "depends", "consider", "reduce", "takes")
NOUNS = ("role", "roles", "method", "methods", "result", "results", "attention", "difficulty", "learning", "model")
ADJECTIVES = ("important", "crucial", "significant", "key", "large", "consistent", "novel")
ADVERBS = ("often", "significantly", "also", "clearly")
PREPOSITIONS = ("of", "on", "in", "with", "for", "about")
DETERMINERS = ("the", "a", "an", "this", "these")


def sentence(chance: random.Random) -> str:
    """One sentence, now and then with a comma, a number or a capital letter in it."""
    parts = [chance.choice(DETERMINERS), chance.choice(ADJECTIVES), chance.choice(NOUNS), chance.choice(VERBS)]
    if chance.random() < 0.5:
        parts.insert(3, chance.choice(ADVERBS))
    for _ in range(chance.randrange(3)):
        parts += [chance.choice(PREPOSITIONS), chance.choice(DETERMINERS), chance.choice(NOUNS)]
    if chance.random() < 0.3:
        parts += [",", "and", chance.choice(NOUNS), chance.choice(VERBS), str(chance.randrange(100))]
    text = " ".join(parts).replace(" ,", ",")
    return text[0].upper() + text[1:] + "."


def prose(lines: int, seed: int) -> str:
    """Lines of one to four sentences."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    return "".join(" ".join(sentence(chance) for _ in range(chance.randint(1, 4))) + "\n" for _ in range(lines))
