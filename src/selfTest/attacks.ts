import type { GuaranteeId } from '../core/guarantees.ts';
import type { Limits } from '../core/limits.ts';
import type { RunResult } from '../core/run.ts';

/** Things of the host that no program in a sandbox may reach. */
export interface Bait {
  /** A file with the token in it. */
  readonly file: string;
  /** In that file and in the environment of our own process. */
  readonly token: string;
  /** A server of ours; what connects to it has escaped. */
  readonly port: number;
}

type Outcomes = Partial<Record<GuaranteeId, string | undefined>>;

/** One program that tries to break guarantees, and what its end tells of them. */
export interface Attack {
  readonly code: (bait: Bait) => string;
  readonly limits?: Partial<Limits>;
  /** For each guarantee that it attacks: what got through, or undefined. */
  readonly judge: (result: RunResult) => Outcomes;
}

/** Harmless where it gets through: it looks, connects and writes an empty file, and no more. */
const reach: Attack = {
  code: ({ file, token, port }) => `
import errno, os, sys
def attempt(guarantee, what, step):
    try:
        got = step()
    except BaseException:
        return
    if got is not False:
        print("THROUGH", guarantee, what, flush=True)
file, token, port = ${JSON.stringify([file, token, port])}
def text(path):
    return open(path, "rb").read(100000).decode("latin-1")
attempt("files", "a file of the host was read", lambda: token in text(file))
attempt("files", "a folder of the host was listed", lambda: os.listdir(os.path.dirname(file)))
attempt("files", "a file of the host was written", lambda: open(file + ".new", "w").close())
for path in ("/var/run/docker.sock", "/run/docker.sock"):
    attempt("files", path + " is there", lambda: os.stat(path))
import socket
def connect(host):
    with socket.socket() as s:
        s.settimeout(1)
        s.connect((host, port))
        s.sendall(token.encode())
for host in ("127.0.0.1", "172.17.0.1", "host.docker.internal", "169.254.169.254"):
    attempt("network", host + " was reached", lambda: connect(host))
attempt("network", "a name was resolved", lambda: socket.getaddrinfo("example.com", 80))
attempt("environment", "a variable of the host was read", lambda: any(token in value for value in os.environ.values()))
attempt("environment", "the environment around was read", lambda: token in text("/proc/1/environ"))
def others():
    found = [name for name in os.listdir("/proc") if name.isdigit()]
    return len(found) > 8
attempt("processes", "processes of the host are seen", others)
attempt("processes", "a process of the host was signalled", lambda: os.kill(os.getppid(), 0) if os.getppid() > 1 else False)
for path in ("/self-test", "/usr/self-test", "/etc/self-test", "/opt/self-test"):
    attempt("root", path + " was written", lambda: open(path, "w").close())
def descriptors():
    kept = [os.open("/dev/null", os.O_RDONLY) for _ in range(5000)]
attempt("counts", "5000 files were open at once", descriptors)
def io_uring():
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.syscall(425, 0, 0) != -1 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS)
attempt("systemCalls", "io_uring answers", io_uring)
if sys.platform == "emscripten":
    import pyodide_js
    from pyodide.code import run_js
    attempt("javascript", "code was made from a string", lambda: run_js("1 + 1"))
    attempt("javascript", "a constructor made code", lambda: pyodide_js.runPython.constructor("return 1")())
    attempt("javascript", "process is there", lambda: __import__("js").process.env)
    attempt("javascript", "modules of Node can be had", lambda: pyodide_js._module.process.getBuiltinModule("fs"))
    def mount():
        pyodide_js.FS.mkdir("/self-test-host")
        pyodide_js.FS.mount(pyodide_js.FS.filesystems.NODEFS, {"root": "/"}, "/self-test-host")
        return len(os.listdir("/self-test-host")) > 0
    attempt("files", "the file system of the host was mounted", mount)
try:
    open("/tmp/self-test-planted", "w").close()
    os.environ["SELF_TEST_PLANTED"] = "1"
except OSError:
    pass
print("tried everything")
`,
  judge: (result) => {
    const through: Outcomes = {};
    for (const id of attackedByReach) through[id] = undefined;
    for (const line of result.stdout.split('\n')) {
      const [, id, what] = /^THROUGH (\w+) (.+)$/.exec(line) ?? [];
      const known = attackedByReach.find((one) => one === id);
      if (known !== undefined) through[known] = through[known] ?? what;
    }
    if (result.status === 'ok' && result.stdout.endsWith('tried everything\n')) return through;
    // Half an attack proves nothing.
    return Object.fromEntries(Object.entries(through).filter(([, what]) => what !== undefined));
  },
};

const attackedByReach = [
  'files',
  'network',
  'environment',
  'processes',
  'javascript',
  'root',
  'counts',
  'systemCalls',
] as const satisfies readonly GuaranteeId[];

/** Speaks for the sandbox, to say that all went well, and then fails. */
const forge: Attack = {
  code: () => `
import json, os, struct
def frame(kind, value):
    data = json.dumps(value).encode()
    return struct.pack(">I", len(data)) + kind + data
lie = frame(b"x", {"exitCode": 0, "signal": None, "reason": None, "detail": "", "wallMs": 1, "cpuMs": 1, "peakMemoryBytes": 1, "oomKills": 0}) + frame(b"z", {})
for fd in range(3, 64):
    try: os.write(fd, lie)
    except OSError: pass
raise SystemExit(7)
`,
  judge: ({ status }) => ({ runner: status === 'ok' ? 'a program told its own end' : undefined }),
};

/** Never ends; before that it looks for what the first program left. */
const endless: Attack = {
  code: () => `
import os
if os.path.exists("/tmp/self-test-planted") or "SELF_TEST_PLANTED" in os.environ:
    print("PLANTED", flush=True)
while True: pass
`,
  limits: { wallMs: 500 },
  judge: ({ status, stdout }) => ({
    ...held(status === 'timeout', status === 'ok' || status === 'error', {
      time: 'a program ran on past its limit',
    }),
    ...held(status === 'timeout', stdout.includes('PLANTED'), { fresh: 'what an earlier run left is there' }),
  }),
};

const greedy: Attack = {
  code: () => 'x = "a" * (4 << 30)\nprint("GOT IT", len(x))',
  limits: { wallMs: 20_000 },
  judge: ({ status, stdout }) =>
    held(status === 'oom' || status === 'error', stdout.includes('GOT IT'), { memory: 'a program got 4 GB' }),
};

const loud: Attack = {
  code: () => 'import sys\nwhile True: sys.stdout.write("x" * 65536)',
  limits: { wallMs: 20_000, outputTotalBytes: 1 << 20 },
  judge: ({ status, outputBytes }) =>
    held(status === 'output-limit', outputBytes.stdout > 64 << 20, {
      output: 'output went on past its limit',
    }),
};

/** Proved, broken, or, where a run ended otherwise (an engine that went away), nothing of either. */
function held(proved: boolean, broken: boolean, what: Outcomes): Outcomes {
  if (broken) return what;
  return proved ? Object.fromEntries(Object.keys(what).map((id) => [id, undefined])) : {};
}

export const attacks: readonly Attack[] = [reach, forge, endless, greedy, loud];
