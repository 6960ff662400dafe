"""How each language is started. Python runs in the waiting worker itself, the others by exec."""

import os

from places import SCRATCH

# Language: (interpreter and its arguments, suffix of the program's file).
_INTERPRETERS = {
    "shell": (("/bin/bash",), ".sh"),
    "javascript": (("node",), ".mjs"),
    "typescript": (("node", "--experimental-strip-types", "--no-warnings"), ".mts"),
}


def known(language):
    """Whether the runner can start this language."""
    return language == "python" or language in _INTERPRETERS


def command(language, code, title):
    """Writes the program beside the work folder and says how to start it."""
    interpreter, suffix = _INTERPRETERS[language]
    folder = os.path.join(SCRATCH, "glovebox-program")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    name = "".join(c if c.isalnum() or c in "._-" else "_" for c in os.path.basename(title)) or "program"
    path = os.path.join(folder, name if name.endswith(suffix) else name + suffix)
    with open(path, "w", encoding="utf-8", errors="surrogatepass") as file:
        file.write(code)
    return [*interpreter, path]
