"""Serves one sandbox: waits for a job, starts it, watches it, and tells its end."""

import json
import os
import select
import signal
import sys
import time

import artifacts
import children
import frames
import intake
import languages
import places
import seal
import sessionfiles
from process import Process
from run import Run
from standstill import Standstill

_TICK_MS = 100
_SILENCE_S = 40


class Supervisor:
    """Process 1. What it tells the host comes from the kernel or is marked as the program's own."""

    def __init__(self, control_in, control_out, preload):
        self._in, self._out = control_in, control_out
        self._preload = preload
        self._reader, self._intake = frames.Reader(), intake.Intake()
        self._files = sessionfiles.SessionFiles(self._write)
        self._sent = artifacts.Sent()
        self._family = children.Children()
        self._standstill = Standstill()
        self._seal = None
        self._run = None
        self._over = False
        self._heard = time.monotonic()

    def serve(self):
        """Until the end of the run, of the session, or of the host."""
        # Without a handler, process 1 is not reached by any signal from inside its namespace.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        places.make_outputs()
        self._wake = children.wake_on_exit()
        self._python = self._fork(self._preload)
        try:
            while not self._over:
                self._wait_and_move()
                self._family.reap()
                self._look_after_run()
        except frames.ChannelClosed:
            pass
        os._exit(0)

    def _fork(self, preload, besides=(), **how):
        process = Process(preload, (self._in, self._out, *self._wake, *besides), **how)
        self._family.expect(process.pid)
        return process

    @property
    def _python_is_gone(self):
        return self._python.pid in self._family.statuses

    def _write(self, frame):
        frames.write_all(self._out, frame if self._seal is None else self._seal.on(frame))

    def _wait_and_move(self):
        process = self._run.process if self._run else self._python
        poll = select.poll()
        handlers = {self._in: self._from_host, self._wake[0]: lambda: os.read(self._wake[0], 4096)}
        for pipe in process.outputs:
            handlers[pipe.read_end] = lambda pipe=pipe: self._from_program(pipe)
        handlers[process.answers.read_end] = lambda: self._from_worker(process)
        handlers.pop(None, None)
        for fd in handlers:
            poll.register(fd, select.POLLIN)
        if process.stdin.busy:
            handlers[process.stdin.write_end] = process.stdin.write
            poll.register(process.stdin.write_end, select.POLLOUT)
        for fd, _ in poll.poll(min(_TICK_MS, self._run.ms_left()) if self._run else 1000):
            handlers[fd]()

    def _look_after_run(self):
        if time.monotonic() - self._heard > _SILENCE_S:
            raise frames.ChannelClosed
        if self._run is None:
            # A worker that ends before it has a job could not even start.
            self._over = self._python_is_gone and (self._job is None or self._seal is not None)
            if self._standstill.is_broken():
                self._kill_all()
        elif self._run.ended:
            self._finish()
        else:
            self._run.reason = self._run.broken_limit()
            if self._run.reason is not None:
                self._kill_all()
                self._finish()
            elif not self._run.peak_known:
                self._run.look_at_memory()

    def _kill_all(self):
        children.kill_all()
        self._family.reap_all()

    def _from_host(self):
        data = os.read(self._in, 1 << 20)
        if not data:
            raise frames.ChannelClosed
        self._heard = time.monotonic()
        for kind, payload in self._reader.feed(data):
            self._frame(kind, payload)

    def _frame(self, kind, payload):
        if self._run and kind not in (frames.STDIN, frames.STDIN_END, frames.INTERRUPT):
            return  # The host says nothing else during a run.
        if kind == frames.KEEPALIVE:
            if len(payload) == seal.KEY_BYTES and self._seal is None:
                self._seal = seal.Seal(payload)
        elif kind in intake.KINDS:
            self._intake.frame(kind, payload)
        elif kind == frames.GO:
            self._go(self._intake.end())
        elif kind == frames.STDIN and self._run:
            self._run.process.stdin.push(payload)
        elif kind == frames.STDIN_END and self._run:
            self._run.process.stdin.finish()
        elif kind == frames.INTERRUPT and self._run:
            self._run.process.interrupt()
        elif kind in sessionfiles.KINDS:
            self._files.frame(kind, payload)

    @property
    def _job(self):
        return self._intake.job

    def _go(self, failure):
        language = self._job["language"]
        if failure is not None:
            self._refuse("inputs", failure)
        elif not languages.known(language):
            self._refuse("language", language)
        else:
            self._family.reap()
            if self._job["session"] and self._python_is_gone:
                self._replace_python()
                self._tell_loss("Python had ended since the last run")
            process = self._python
            if self._job["session"] and language != "python":
                # The session's Python keeps its state; this one lives for the command alone.
                process = self._fork([], self._python.descriptors, apart=True, hidden=self._seal is not None)
            self._run = Run(self._job, process, self._family)
            # What went on computing behind an end that it told by itself does so on this run's clock.
            self._standstill.end()
            self._write(frames.pack(frames.STARTED))
            process.start(self._job)

    def _refuse(self, reason, detail):
        nothing = {"exitCode": None, "signal": None, "wallMs": 0, "cpuMs": 0, "peakMemoryBytes": 0}
        self._write(frames.pack_json(frames.EXIT, {**nothing, "oomKills": 0, "reason": reason, "detail": detail}))
        self._write(frames.pack(frames.END))
        self._over = not self._job["session"]

    def _from_program(self, pipe):
        data = pipe.read()
        if data and self._run:
            self._write(frames.pack(pipe.kind, data))

    def _from_worker(self, process):
        for line in process.answers.lines():
            try:
                answer = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(answer, dict):
                self._answer(answer)

    def _answer(self, answer):
        if self._run is None:
            if answer.get("ready") is True and self._job is None:
                self._hello(answer["missing"])
        elif answer.get("begun") is True:
            self._run.begun = True
        elif isinstance(answer.get("value"), str):
            self._run.show_value(answer["value"], self._write)
        elif answer.get("done") is True and isinstance(answer.get("code"), int):
            # Whoever wrote it: the run is over now, with the exit code that the program chose.
            self._run.done = answer["code"] & 0xFF

    def _hello(self, missing):
        facts = {"protocol": frames.VERSION, "pid": os.getpid(), "python": sys.version.split()[0]}
        self._write(frames.pack_json(frames.HELLO, {**facts, "missing": missing}))

    def _finish(self):
        """The run is over. Whatever it started and left behind ends now; in a session, it is stopped."""
        run = self._run
        if self._goes_on and not self._standstill.begin():
            self._kill_all()
        self._from_worker(run.process)
        if self._job["session"] and run.process is self._python and not run.begun and run.done is None:
            run.reason = run.reason or "start"
        ending = run.ending() if self._goes_on else run.end_all()
        for kind, data in run.process.drain():
            self._write(frames.pack(kind, data))
        if run.reason is None and run.too_long:
            run.reason = ending["reason"] = "output"
        session = self._goes_on
        self._run = None
        self._write(frames.pack_json(frames.EXIT, ending))
        if run.reason is None:
            artifacts.send(self._write, self._job["limits"], self._sent)
        if session and run.process is self._python and self._python_is_gone and self._seal is None:
            self._tell_loss("Python ended with this run")
        self._write(frames.pack(frames.END))
        self._over = not session
        if session:
            self._go_on(run.process)

    @property
    def _goes_on(self):
        return self._job["session"] and self._run.reason in (None, "start")

    def _go_on(self, process):
        """A session keeps its Python; one that has ended is replaced by a new one without its state."""
        process.stdin.close()
        if process is not self._python:
            self._family.forget(process.pid)
            process.close()
        elif self._python_is_gone:
            self._replace_python()

    def _replace_python(self):
        # What is forked now would have the key of the seal in its memory.
        if self._seal is not None:
            raise frames.ChannelClosed
        self._family.forget(self._python.pid)
        self._python.close()
        self._python = self._fork(self._preload)
        self._standstill.spare(self._python.pid)

    def _tell_loss(self, why):
        text = f"{why}, so the variables of this conversation are gone. Its files are still there."
        self._write(frames.pack_json(frames.NOTICE, {"text": text}))
