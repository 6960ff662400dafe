"""How each language is started. Python runs in the waiting worker itself, the others by exec."""

import os

from places import WORK

# Language: (interpreter and its arguments, suffix of the program's file).
_INTERPRETERS = {
    "shell": (("/bin/bash",), ".sh"),
    "javascript": (("node",), ".js"),
    "typescript": (("node", "--no-warnings"), ".ts"),
}
_SUFFIXES = {"shell": (".sh", ".bash"), "javascript": (".js", ".mjs", ".cjs"), "typescript": (".ts", ".mts", ".cts")}


def known(language):
    """Whether the runner can start this language."""
    return language == "python" or language in _INTERPRETERS


def command(language, code, title):
    """Writes the program into the work folder, where its relative imports start, and says how to start it."""
    interpreter, suffix = _INTERPRETERS[language]
    name = "".join(c if c.isalnum() or c in "._-" else "_" for c in os.path.basename(title)[-100:])
    if not name.endswith(_SUFFIXES[language]):
        name = (name or "program") + suffix
    number = 0
    while True:
        path = os.path.join(WORK, name if number == 0 else f"{number}-{name}")
        try:
            # Never over a file that the person handed in.
            with open(path, "x", encoding="utf-8", errors="surrogatepass") as file:
                file.write(code)
            return [*interpreter, path]
        except FileExistsError:
            number += 1
