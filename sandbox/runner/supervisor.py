"""Serves one sandbox: waits for a job, starts it, watches it, and tells its end."""

import json
import os
import select
import signal
import sys
import time

import accounting
import artifacts
import children
import frames
import languages
import places
import worker
from inputs import Inputs
from pump import Answers, OutputPipe, StdinPipe

_TICK_MS = 100
_SILENCE_S = 40


class Supervisor:
    """Process 1. What it tells the host comes from the kernel or is marked as the program's own."""

    def __init__(self, control_in, control_out):
        self._in, self._out = control_in, control_out
        self._reader, self._inputs = frames.Reader(), Inputs()
        self._sent = artifacts.Sent()
        self._job = None
        self._running = False
        self._reason = None
        self._done = None  # The exit code that the worker told.
        self._began = None
        self._heard = time.monotonic()

    def serve(self, preload):
        """Until the end of the run, of the session, or of the host."""
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        places.make_outputs()
        self._wake = children.wake_on_exit()
        self._start_worker(preload)
        try:
            while not self._worker.ended:
                self._wait_and_move()
                self._check_limits()
                self._worker.reap()
                if self._done is not None and not self._worker.ended:
                    if not self._job["session"]:
                        break
                    self._finish_cell()
            self._finish_program()
        except frames.ChannelClosed:
            pass
        os._exit(0)

    def _start_worker(self, preload):
        self._stdin, self._answers = StdinPipe(), Answers()
        self._stdout, self._stderr = OutputPipe(frames.STDOUT), OutputPipe(frames.STDERR)
        jobs, self._jobs = os.pipe()
        theirs = (self._stdin.read_end, self._stdout.write_end, self._stderr.write_end)
        pid = os.fork()
        if pid == 0:
            ours = (self._stdin.write_end, self._stdout.read_end, self._stderr.read_end)
            for fd in (self._in, self._out, self._jobs, self._answers.read_end, *self._wake, *ours):
                os.close(fd)
            children.take_descriptors(theirs)
            try:
                worker.main(jobs, self._answers.write_end, preload)
            finally:
                os._exit(70)
        for fd in (jobs, self._answers.write_end, *theirs):
            os.close(fd)
        self._worker = children.Worker(pid)

    def _write(self, data):
        frames.write_all(self._out, data)

    def _wait_and_move(self):
        poll = select.poll()
        handlers = {self._in: self._from_host, self._wake[0]: lambda: os.read(self._wake[0], 4096)}
        for pipe in (self._stdout, self._stderr):
            handlers[pipe.read_end] = lambda pipe=pipe: self._from_program(pipe)
        handlers[self._answers.read_end] = self._from_worker
        handlers.pop(None, None)
        for fd in handlers:
            poll.register(fd, select.POLLIN)
        if self._stdin.busy:
            handlers[self._stdin.write_end] = self._stdin.write
            poll.register(self._stdin.write_end, select.POLLOUT)
        for fd, _ in poll.poll(_TICK_MS if self._running else 1000):
            handlers[fd]()

    def _from_host(self):
        data = os.read(self._in, 1 << 20)
        if not data:
            raise frames.ChannelClosed
        self._heard = time.monotonic()
        for kind, payload in self._reader.feed(data):
            self._frame(kind, payload)

    def _frame(self, kind, payload):
        if kind == frames.RUN:
            self._job = json.loads(payload)
        elif kind == frames.FILE:
            self._input(lambda: self._inputs.begin(json.loads(payload)["name"]))
        elif kind == frames.DATA:
            self._input(lambda: self._inputs.data(payload))
        elif kind == frames.GO:
            self._go()
        elif kind == frames.STDIN:
            self._stdin.push(payload)
        elif kind == frames.STDIN_END:
            self._stdin.finish()
        elif kind == frames.INTERRUPT and self._running:
            os.kill(self._worker.pid, signal.SIGINT)

    def _input(self, step):
        if self._reason is not None:
            return
        try:
            step()
        except (OSError, ValueError) as error:
            self._end_for("inputs", getattr(error, "strerror", None) or str(error))

    def _go(self):
        self._input(self._inputs.end)
        if self._reason is not None:
            return
        if not languages.known(self._job["language"]):
            self._end_for("language", self._job["language"])
            return
        self._oom_before, self._cpu_group = accounting.oom_kills(), accounting.cpu_ms()
        self._cpu_before = self._worker.cpu_ms()
        self._stdout.total = self._stderr.total = 0
        self._running, self._began = True, time.monotonic()
        self._write(frames.pack(frames.STARTED))
        data = json.dumps(self._job).encode("ascii") + b"\n"
        try:
            frames.write_all(self._jobs, data)
        except frames.ChannelClosed:
            pass  # The worker is gone; its end is told in the usual way.

    def _from_program(self, pipe):
        data = pipe.read()
        if data:
            self._write(frames.pack(pipe.kind, data))

    def _from_worker(self):
        for line in self._answers.lines():
            try:
                answer = json.loads(line)
            except ValueError:
                continue
            if isinstance(answer, dict):
                self._answer(answer)

    def _answer(self, answer):
        if not self._running:
            if answer.get("ready") is True and self._job is None:
                self._hello(answer["missing"])
        elif isinstance(answer.get("value"), str):
            self._write(frames.pack_json(frames.VALUE, {"text": answer["value"]}))
        elif answer.get("done") is True and isinstance(answer.get("code"), int):
            # Whoever wrote it: the program is over now, with the exit code that it chose.
            self._done = answer["code"] & 0xFF

    def _hello(self, missing):
        self._write(
            frames.pack_json(
                frames.HELLO,
                {
                    "protocol": frames.VERSION,
                    "pid": os.getpid(),
                    "python": sys.version.split()[0],
                    "missing": missing,
                },
            )
        )

    def _check_limits(self):
        now = time.monotonic()
        if now - self._heard > _SILENCE_S:
            raise frames.ChannelClosed
        if not self._running or self._reason is not None:
            return
        limits = self._job["limits"]
        if (now - self._began) * 1000 >= limits["wallMs"]:
            self._end_for("timeout")
        elif self._stdout.total + self._stderr.total > limits["outputTotalBytes"]:
            self._end_for("output")
        elif self._group_cpu() > limits["cpuMs"]:
            self._end_for("cpu")

    def _group_cpu(self):
        now = accounting.cpu_ms()
        return 0 if now is None or self._cpu_group is None else now - self._cpu_group

    def _end_for(self, reason, detail=""):
        self._reason = {"reason": reason, "detail": detail}
        children.kill_all()

    def _finish_cell(self):
        """A session goes on: the state stays, the end of this cell is told."""
        code, self._done, self._running = self._done, None, False
        self._drain()
        self._tell_end({"exitCode": code, "signal": None})
        artifacts.send(self._write, self._job["limits"], self._sent)
        self._write(frames.pack(frames.END))

    def _finish_program(self):
        """The program is over; whatever it started and left behind ends now."""
        if self._job is None:
            return
        peak = self._worker.peak_memory()
        children.kill_all()
        if self._done is None or self._reason is not None:
            self._worker.reap_all()
            ending = self._worker.ending()
        else:
            ending = {"exitCode": self._done, "signal": None}
        self._drain()
        self._tell_end(ending, peak)
        if self._reason is None:
            artifacts.send(self._write, self._job["limits"], self._sent)
        self._write(frames.pack(frames.END))

    def _drain(self):
        for pipe in (self._stdout, self._stderr):
            while pipe.read_end is not None:
                data = pipe.read()
                if not data:
                    break
                self._write(frames.pack(pipe.kind, data))

    def _tell_end(self, ending, peak=None):
        reason = self._reason or {"reason": None, "detail": ""}
        message = {**ending, **reason, "wallMs": 0, "cpuMs": 0, "oomKills": 0}
        message["peakMemoryBytes"] = peak or self._worker.peak_memory()
        if self._began is not None:
            message["wallMs"] = (time.monotonic() - self._began) * 1000
            message["oomKills"] = accounting.oom_kills() - self._oom_before
            message["cpuMs"] = self._cpu_used()
        self._write(frames.pack_json(frames.EXIT, message))

    def _cpu_used(self):
        now = accounting.cpu_ms()
        return self._worker.cpu_ms() - self._cpu_before if now is None else now - self._cpu_group
