"""The query language: what a writer types becomes lists of slots.

| write | for |
|---|---|
| `_` | one word |
| `*`, `+` | no word or more, one word or more |
| `?x` | x or nothing |
| `a/b` | either |
| `[a b]` | one of them or nothing |
| `{a b c}` | all of them in any order |
| `~x`, `#x` | x or a word of similar meaning |
| `[[play]]` | all forms of a word |
| `a$`, `$ing`, `re$ed` | words that begin, end, or begin and end so |
| `look_forward_to` | several words as one, in `a/b` and after `?` |
| `v.` `n.` `adj.` `adv.` `prep.` `det.` `conj.` `pron.` `interj.` | a word of that class |
| `a b | c d` | both queries, side by side |

The first operators are Linggle's, `+`, `[a b]`, `#x` and `|` Netspeak's.
"""
