import type { GuaranteeId, SandboxKind } from '../core/guarantees.ts';
import { defaultLimits } from '../core/limits.ts';
import { held, type Attack, type Outcomes } from './attack.ts';
import { realmAttacks } from './realmAttacks.ts';

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
    // Where there is JavaScript around, its own attacks tell.
    if (result.sandbox.backend === 'wasm') delete through.javascript;
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

/**
 * More than its limit, all of it written to, and no more than any sandbox could give; of its own, and where
 * that is refused, shared with whoever it would start.
 */
const greedy: Attack = {
  code: () => `
import time
size = ${defaultLimits.memoryBytes * 1.5}
def own():
    return b"x" * size
def shared():
    import mmap
    pages = mmap.mmap(-1, size)
    for _ in range(size >> 20):
        pages.write(b"x" * (1 << 20))
    # Who only looks now and then must be given the time.
    time.sleep(3)
    return pages
for take in (own, shared):
    try:
        print("GOT IT", take.__name__, len(take()), flush=True)
    except (MemoryError, OSError, ImportError, AttributeError):
        pass
raise SystemExit(1)
`,
  limits: { wallMs: 20_000 },
  judge: ({ status, stdout }) =>
    held(status === 'oom' || status === 'error', stdout.includes('GOT IT'), {
      memory: 'a program got more than its limit',
    }),
};

const loud: Attack = {
  code: () => 'import sys\nwhile True: sys.stdout.write("x" * 65536)',
  limits: { wallMs: 20_000, outputTotalBytes: 1 << 20 },
  judge: ({ status, outputBytes }) =>
    held(status === 'output-limit', outputBytes.stdout > 64 << 20, {
      output: 'output went on past its limit',
    }),
};

const everywhere: readonly Attack[] = [reach, forge, endless, greedy, loud];

/** What is tried in a sandbox of this kind. */
export function attacksOn(kind: SandboxKind): readonly Attack[] {
  return kind === 'wasm' ? [...everywhere, ...realmAttacks] : everywhere;
}
