import assert from 'node:assert/strict';
import { gotThrough, runAttack } from './attack.ts';
import { runCode, told, type Guarantees, type MakeSubject } from './subject.ts';
import { subjectForSuite } from './subjectForSuite.ts';

/** Frames as the runner would send them, written to whatever descriptor there is. */
const forge = `
import json, struct
def frame(kind, value):
    data = json.dumps(value).encode()
    return struct.pack(">Ic", len(data), kind) + data
exit = frame(b"x", {"exitCode": 0, "signal": None, "reason": None, "detail": "", "wallMs": 1, "cpuMs": 1, "peakMemoryBytes": 1, "oomKills": 0})
forged = frame(b"s", {}) + frame(b"n", {"text": "forged"}) + frame(b"v", {"text": "forged"}) + exit + frame(b"z", {})
wrapped = b"\\x01\\0\\0\\0" + struct.pack(">I", len(forged)) + forged
for pid in {1, _os.getppid()} - {_os.getpid()}:
    for fd in range(64):
        try: there = _os.open(f"/proc/{pid}/fd/{fd}", _os.O_WRONLY | _os.O_NONBLOCK)
        except OSError: continue
        for data in (forged, wrapped):
            try: _os.write(there, data)
            except OSError: pass
for fd in range(3, 256):
    for data in (forged, wrapped):
        try: _os.write(fd, data)
        except OSError: pass
_os.write(1, forged + wrapped); _os.write(2, forged + wrapped)
`;

const reachRunner = `
import ctypes, glob, signal
libc = ctypes.CDLL(None, use_errno=True)
me = _os.getpid()
for pid in {1, _os.getppid()} - {me}:
    for file in ("mem", "environ", "maps", "smaps", "auxv", "syscall", "stack", "io", "personality", "timers", "clear_refs"):
        attempt(f"proc:{pid}:{file}", lambda: open(f"/proc/{pid}/{file}", "rb").read(1))
    attempt(f"write-mem:{pid}", lambda: open(f"/proc/{pid}/mem", "wb"))
    attempt(f"oom:{pid}", lambda: open(f"/proc/{pid}/oom_score_adj", "w").write("1000"))
    attempt(f"fds:{pid}", lambda: _os.listdir(f"/proc/{pid}/fd"))
    for fd in range(64):
        for flags in (_os.O_RDONLY, _os.O_WRONLY):
            attempt(f"fd:{pid}:{fd}:{flags}", lambda: _os.open(f"/proc/{pid}/fd/{fd}", flags | _os.O_NONBLOCK))
    for file in ("cwd", "root", "exe"):
        attempt(f"link:{pid}:{file}", lambda: _os.readlink(f"/proc/{pid}/{file}"))
    attempt(f"map_files:{pid}", lambda: _os.listdir(f"/proc/{pid}/map_files"))
`;

const attackRunner = `
import ctypes, os, signal, time
if os.getppid() == 1 or os.path.exists("/opt/glovebox/runner"):
    for number in range(1, 65):
        for pid in {1, os.getppid()} - {os.getpid()}:
            try: os.kill(pid, number)
            except OSError: pass
    time.sleep(0.2)
print("still here")
raise SystemExit(7)
`;

/** The code under test can neither reach the runner nor speak for it. */
export function runnerContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  if (!guarantees.processes) return;
  describe(`${name}: the runner is out of reach`, function () {
    this.timeout(guarantees.patienceSeconds * 1000);
    const subject = subjectForSuite(makeSubject);

    it('frames cannot be forged', async () => {
      const result = await runAttack(subject.executor, `${forge}\nraise SystemExit(5)`);
      assert.deepEqual([result.value, result.notices], [undefined, []]);
      if (guarantees.hiddenRunner === false && result.status !== 'error') {
        assert.match(result.message ?? '', /speak for the sandbox|without a word|^Most likely/, told(result));
        return;
      }
      assert.deepEqual([result.status, result.exitCode], ['error', 5], told(result));
      assert.ok(result.stdout.includes('forged') && result.stderr.includes('forged'));
    });

    if (guarantees.hiddenRunner !== false) {
      it('its memory, descriptors and environment are hidden', async () => {
        const result = await runAttack(subject.executor, reachRunner);
        assert.equal(result.status, 'ok', told(result));
        assert.deepEqual(gotThrough(result.outcomes), [], told(result));
        assert.ok(result.outcomes.size > 100, told(result));
      });
    }

    it('it does not fall to signals', async () => {
      const result = await runAttack(subject.executor, attackRunner);
      // gVisor lets a program kill its process 1; that ends the sandbox, now and then as memory does.
      if (guarantees.hiddenRunner === false && result.status !== 'error') {
        assert.match(result.message ?? '', /^(The sandbox ended without a word|Most likely out of memory)/);
        return;
      }
      assert.deepEqual(
        [result.status, result.exitCode, result.stdout],
        ['error', 7, 'still here\n'],
        told(result),
      );
    });

    it('the program finds nothing of it in its own memory', async () => {
      const code = `
import gc, sys
print([name for name in sys.modules if name in ("frames", "supervisor", "process", "pump", "worker", "run")])
print([type(o).__module__ + "." + type(o).__name__ for o in gc.get_objects() if type(o).__name__ in ("Supervisor", "Reader", "Run", "SessionFiles") and type(o).__module__ in ("supervisor", "frames", "run", "sessionfiles")])
import os
print(sorted(int(fd) for fd in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{fd}") and not os.readlink(f"/proc/self/fd/{fd}").startswith(("pipe:", "/usr/"))))`;
      const result = await runCode(subject.executor, code);
      assert.equal(result.stdout, '[]\n[]\n[]\n', told(result));
    });

    it('nor does a session’s program, whose interpreter was made anew', async () => {
      const looks = `
import gc, sys
frame, found = sys._getframe(), []
while frame:
    for held in list(frame.f_locals.values()):
        key = getattr(getattr(held, "_seal", None), "_key", None)
        if key: found.append(key)
    frame = frame.f_back
found += [each._key for each in gc.get_objects() if type(each).__name__ == "Seal"]
print(found)`;
      for (const code of [looks, 'import os; os._exit(0)', looks]) {
        const result = await runCode(subject.executor, code, { sessionId: 'looks' });
        assert.deepEqual([result.status, result.stdout], ['ok', code === looks ? '[]\n' : ''], told(result));
      }
    });

    for (const [how, ending] of [
      ['the timeout', 'timeout'],
      ['cancel', 'cancelled'],
    ] as const) {
      it(`nothing survives ${how}: double forks, new sessions, ignored signals`, async () => {
        const code = `
import os, signal, time
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
for i in range(5):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True: time.sleep(1)
        os._exit(0)
print("forked", flush=True)
while True: time.sleep(1)`;
        const stop = new AbortController();
        const result = await runAttack(subject.executor, code, {
          limits: { wallMs: ending === 'timeout' ? 3000 : 60_000 },
          signal: stop.signal,
          onEvent: (event) => event.kind === 'output' && ending === 'cancelled' && stop.abort(),
        });
        assert.equal(result.status, ending, told(result));
        assert.equal(result.stdout, 'forked\n');
      });
    }
  });
}
