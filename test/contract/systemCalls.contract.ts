import assert from 'node:assert/strict';
import { gotThrough, runAttack } from './attack.ts';
import { told, type Guarantees, type MakeSubject } from './subject.ts';
import { subjectForSuite } from './subjectForSuite.ts';
import { forbiddenCalls } from './systemCalls.ts';

/** Arguments are all zero: with the filter away the kernel answers EFAULT or EINVAL, or does it. */
const callAll = `
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    def step():
        ctypes.set_errno(0)
        if libc.syscall(number, *(ctypes.c_long(argument) for argument in arguments)) == -1:
            raise OSError(ctypes.get_errno(), "call")
    return step
machine = platform.machine()
`;

const otherDoors = `
import mmap, signal, socket
def kernel32(number):
    """The same call by the 32-bit door, in a child, because the filter may kill who tries."""
    def step():
        pid = _os.fork()
        if pid == 0:
            page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
            # push rbx; xor ebx,ebx; xor ecx,ecx; xor edx,edx; mov eax,number; int 0x80; pop rbx; ret
            page.write(b"\\x53\\x31\\xdb\\x31\\xc9\\x31\\xd2\\xb8" + number.to_bytes(4, "little") + b"\\xcd\\x80\\x5b\\xc3")
            address = ctypes.addressof(ctypes.c_char.from_buffer(page))
            result = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
            # EFAULT, EINVAL, EBADF: the kernel looked at it, so the door is open.
            _os._exit(0 if result >= 0 or result in (-14, -22, -9) else 1)
        _, status = _os.waitpid(pid, 0)
        if status != 0:
            raise PermissionError(1, "32-bit")
    return step
def in_child(step):
    def try_it():
        pid = _os.fork()
        if pid == 0:
            try: step()
            except OSError: _os._exit(1)
            _os._exit(0)
        if _os.waitpid(pid, 0)[1] != 0:
            raise PermissionError(1, "denied or killed")
    return try_it
if machine == "x86_64":
    for name, number in (("io_uring_setup", 425), ("socketcall", 102), ("getpid", 20)):
        attempt("int80:" + name, kernel32(number))
    attempt("x32:getpid", in_child(call(39 | 0x40000000)))
families = {"VSOCK": 40, "NETLINK": 16, "PACKET": 17, "ALG": 38, "BLUETOOTH": 31, "XDP": 44, "KEY": 15, "TIPC": 30, "CAN": 29, "RDS": 21, "QIPCRTR": 42, "SMC": 43}
for name, number in families.items():
    for kind in (1, 2, 3, 5):
        attempt(f"socket:{name}:{kind}", lambda: socket.socket(number, kind, 0))
for protocol in range(0, 20):
    attempt(f"netlink:{protocol}", lambda: socket.socket(16, 3, protocol))
attempt("raw", lambda: socket.socket(2, 3, 1))
attempt("ping", lambda: socket.socket(2, 2, 1))
attempt("mptcp", lambda: socket.socket(2, 1, 262))
attempt("sctp", lambda: socket.socket(2, 5, 132))
attempt("udplite", lambda: socket.socket(2, 2, 136))
attempt("pair-inet", lambda: socket.socketpair(2, 1, 0))
CLONE = {"NEWUSER": 0x10000000, "NEWNS": 0x20000, "NEWPID": 0x20000000, "NEWNET": 0x40000000, "NEWUTS": 0x4000000, "NEWIPC": 0x8000000, "NEWCGROUP": 0x2000000}
clone = {"x86_64": 56, "aarch64": 220}[machine]
for name, flag in CLONE.items():
    def newspace():
        pid = libc.syscall(clone, ctypes.c_long(flag | 17), 0, 0, 0, 0)
        if pid == 0: _os._exit(0)
        if pid < 0: raise OSError(ctypes.get_errno(), "clone")
        _os.waitpid(pid, 0)
    attempt("clone:" + name, newspace)
prlimit = {"x86_64": 302, "aarch64": 261}[machine]
old = (ctypes.c_ulong * 2)()
for pid in (1, _os.getpid(), _os.getppid()):
    attempt(f"prlimit:{'self' if pid == _os.getpid() else pid}", call(prlimit, pid, 7, 0, ctypes.addressof(old)))
for pid in (1, _os.getppid()):
    attempt(f"affinity:{pid}", lambda: _os.sched_setaffinity(pid, {0}))
    attempt(f"priority:{pid}", lambda: _os.setpriority(_os.PRIO_PROCESS, pid, 19))
attempt("priority:user", lambda: _os.setpriority(_os.PRIO_USER, 0, 19))
attempt("device", lambda: _os.mknod("/work/disk", 0o60600, _os.makedev(8, 0)))
attempt("character-device", lambda: _os.mknod("/work/kmem", 0o20600, _os.makedev(1, 2)))
persona = {"x86_64": 135, "aarch64": 92}[machine]
attempt("personality:no-random", call(persona, 0x0040000))
attempt("personality:read-implies-exec", call(persona, 0x0400000))
`;

/** What programs do not need is shut, by every door to the kernel. */
export function systemCallsContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  if (!guarantees.systemCalls) return;
  describe(`${name}: system calls`, function () {
    this.timeout(guarantees.patienceSeconds * 1000);
    const subject = subjectForSuite(makeSubject);

    it('those that no program needs do not exist or are denied', async () => {
      const program = `${callAll}
numbers = ${JSON.stringify(forbiddenCalls)}
for name, number in numbers.items():
    if number[machine] >= 0 and not (machine == "x86_64" and number[machine] == 0):
        attempt(name, call(number[machine], 0, 0, 0, 0, 0, 0))`;
      const result = await runAttack(subject.executor, program);
      assert.equal(result.status, 'ok', told(result));
      const open = [...result.outcomes].filter(([, outcome]) => !/^denied (EPERM|ENOSYS)$/.test(outcome));
      assert.deepEqual(open, [], told(result));
      assert.ok(result.outcomes.size > 50, told(result));
    });

    it('the other doors are shut too: 32-bit calls, socket families, namespaces, devices', async () => {
      const result = await runAttack(subject.executor, callAll + otherDoors);
      assert.equal(result.status, 'ok', told(result));
      assert.deepEqual(gotThrough(result.outcomes), [], told(result));
      assert.ok(result.outcomes.size > 70, told(result));
    });
  });
}
