"""How each language is started. Python runs in the waiting worker itself, the others by exec."""

import os

from places import TEMPORARY, WORK

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
    try:
        return [*interpreter, _write(WORK, name, code)]
    except OSError:
        # A shell's program works from anywhere, and may be the one that makes room again.
        if language != "shell":
            raise
        return [*interpreter, _write(TEMPORARY, name, code)]


def _write(folder, name, code):
    number = 0
    while True:
        path = os.path.join(folder, name if number == 0 else f"{number}-{name}")
        try:
            # Never over a file that the person handed in.
            file = open(path, "x", encoding="utf-8", errors="surrogatepass")
        except FileExistsError:
            number += 1
            continue
        try:
            with file:
                file.write(code)
        except OSError:
            os.unlink(path)
            raise
        return path
