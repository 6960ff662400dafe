"""The process that becomes the program: it waits with its libraries imported."""

import _socket
import gc
import importlib
import json
import os
import signal
import struct
import sys
import time

import figures
import harden
import languages
import python_code
import warmup
from places import WORK

_VALUE_CAP = 64 * 1024


def main(jobs, answers, preload, hidden):
    """Never returns. Reads one job from `jobs`, says what it has to say on `answers`."""
    _behave_like_a_program(hidden)
    # Nothing of the person's is in the way of the libraries, nor of the runner.
    sys.path.pop(0)
    missing = [name for name in preload if not _import(name)]
    sys.path.insert(0, WORK)
    os.chdir(WORK)
    _forget_the_runner()
    gc.collect()
    gc.freeze()
    _say(answers, {"ready": True, "missing": missing})
    job = _read_job(jobs)
    if job is None:
        os._exit(0)
    if not job["session"]:
        os.close(jobs)
    harden.limit_program(job["limits"], whole_session=job["session"] and job["language"] == "python")
    if job["language"] == "python":
        if job["session"]:
            _session(job, jobs, answers)
        else:
            _once(job, answers)
    _exec(_command(job))


def _behave_like_a_program(hidden):
    if not hidden:
        harden.show_own_proc()
    harden.be_first_to_go()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdout.reconfigure(line_buffering=True)
    figures.use_backend()


def _import(name):
    try:
        importlib.import_module(name)
    except Exception:
        return False
    warmup.touch(name)
    return True


def _forget_the_runner():
    """The program may have modules of the same names."""
    here = os.path.dirname(os.path.abspath(__file__))
    for name, module in list(sys.modules.items()):
        if os.path.dirname(getattr(module, "__file__", None) or "") == here:
            del sys.modules[name]


def _say(fd, message):
    # On a line of its own, whatever the program may have written there.
    data = b"\n" + json.dumps(message).encode("ascii") + b"\n"
    while data:
        data = data[os.write(fd, data) :]


def _read_job(fd):
    """A job is one line of JSON."""
    data = b""
    while not data.endswith(b"\n"):
        chunk = os.read(fd, 1 << 20)
        if not chunk:
            return None
        data += chunk
    return json.loads(data)


def _next_job(channel, stdin):
    """A later job of a session, or None; with it comes what its standard input is read from."""
    data = b""
    while not data.endswith(b"\n"):
        chunk, extras, _, _ = channel.recvmsg(1 << 20, _socket.CMSG_SPACE(4), _socket.MSG_CMSG_CLOEXEC)
        if not chunk:
            return None, stdin
        data += chunk
        for _, _, packed in extras:
            stdin = _take_stdin(struct.unpack("i", packed)[0], stdin)
    return json.loads(data), stdin


def _take_stdin(fd, before):
    os.dup2(fd, 0)
    os.close(fd)
    if sys.stdin is not before:
        return before  # The program's own.
    new = open(0, encoding=before.encoding, errors=before.errors, closefd=False)
    new.buffer.raw.name = "<stdin>"
    sys.stdin = sys.__stdin__ = new
    return new


def _once(job, answers):
    me = os.getpid()
    main = python_code.new_main(job["title"])

    def show_value(text):
        if os.getpid() == me:
            _say(answers, {"value": text[:_VALUE_CAP]})

    code = python_code.run_code(job["code"], job["title"], main, show_value if job["cell"] else None)
    if os.getpid() == me:
        figures.save()

    def last_word(code):
        if os.getpid() == me:
            _say(answers, {"done": True, "code": code})
            # Process 1 looks at what was used and kills everything; sleeping leaves it the time.
            time.sleep(1)

    python_code.finish(code, main, last_word)


def _session(job, jobs, answers):
    me = os.getpid()
    main = python_code.new_main(job["title"])
    channel, stdin = _socket.socket(fileno=jobs), sys.stdin
    while job is not None:
        _say(answers, {"begun": True})
        code = _cell(job, main, answers)
        if os.getpid() != me:
            # A child of the program: it ends as it would elsewhere, and neither tells an end nor takes a job.
            python_code.finish(code, main, lambda code: None)
        figures.save()
        python_code.flush()
        _say(answers, {"done": True, "code": code})
        job, stdin = _next_job(channel, stdin)
    python_code.finish(0, main, lambda code: None)


def _cell(job, main, answers):
    me = os.getpid()

    def show_value(text):
        if os.getpid() == me:
            _say(answers, {"value": text[:_VALUE_CAP]})

    signal.signal(signal.SIGINT, signal.default_int_handler)
    code = python_code.run_code(job["code"], job["title"], main, show_value)
    # An interrupt that comes too late must not hit what is ours.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code if code >= 0 else 128 - code


def _command(job):
    try:
        return languages.command(job["language"], job["code"], job["title"])
    except OSError as error:
        text = f"The program could not be put into the work folder: {error.strerror}"
        print(text, file=sys.stderr, flush=True)
        os._exit(126)


def _exec(command):
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.environ.pop("MPLBACKEND", None)
    try:
        os.execvp(command[0], command)
    except OSError as error:
        print(f"{command[0]} can't be started in this image: {error.strerror}", file=sys.stderr, flush=True)
        os._exit(127)
