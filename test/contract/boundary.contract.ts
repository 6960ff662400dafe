import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { gotThrough, runAttack } from './attack.ts';
import { told, type Guarantees, type MakeSubject, type Subject } from './subject.ts';

/** The host's files, network and powers are not there. */
export function boundaryContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  describe(`${name}: the boundary`, function () {
    this.timeout(guarantees.patienceSeconds * 1000);
    let subject: Subject;
    let folder: string;
    let server: net.Server;
    let connections = 0;
    before(async () => {
      subject = await makeSubject();
      folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-victim-'));
      server = net.createServer((socket) => {
        connections++;
        socket.destroy();
      });
      await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
      process.env['GLOVEBOX_VICTIM'] = 'secret of the tests';
    });
    after(async () => {
      delete process.env['GLOVEBOX_VICTIM'];
      server.close();
      await rm(folder, { recursive: true, force: true });
      await subject.executor.close();
      assert.deepEqual(await subject.leftovers(), []);
      await subject.dispose();
    });

    it('files and environment of the host cannot be read or written', async () => {
      const secret = randomUUID();
      await writeFile(path.join(folder, 'secret.txt'), secret);
      const program = `
folder = ${JSON.stringify(folder)}
attempt("read", lambda: open(folder + "/secret.txt").read())
attempt("list", lambda: _os.listdir(folder))
attempt("write", lambda: open(folder + "/new.txt", "w").write("x"))
for root in ("/host", "/mnt", "/proc/1/root", "/proc/1/cwd", "/rootfs"):
    attempt("read:" + root, lambda: open(root + folder + "/secret.txt").read())
for path in ("/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock"):
    attempt("stat:" + path, lambda: _os.stat(path))
found = [k for k, v in _os.environ.items() if k == "GLOVEBOX_VICTIM" or "secret of the tests" in v]
print("environment", found)
for path in ("/etc/shadow", "/dev/mem", "/dev/kmsg", "/dev/sda", "/proc/kcore", "/proc/kmsg", "/proc/sysrq-trigger", "/sys/kernel/security", "/proc/keys"):
    attempt("open:" + path, lambda: open(path, "rb").read(1) or (_ for _ in ()).throw(OSError(1, "empty")))
`;
      const result = await runAttack(subject.executor, program);
      assert.equal(result.status, 'ok', told(result));
      assert.deepEqual(gotThrough(result.outcomes), [], told(result));
      assert.match(result.stdout, /environment \[\]/);
      assert.ok(!result.stdout.includes(secret));
      assert.deepEqual(await readdir(folder), ['secret.txt']);
    });

    const writesEverywhere = guarantees.readOnlyRoot
      ? 'only the work and temporary folders can be written'
      : 'what is written outside the work folder is gone with the run, and never on the host';
    it(writesEverywhere, async () => {
      const program = `
for path in ("/", "/etc", "/usr", "/usr/bin", "/opt", "/opt/glovebox", "/opt/glovebox/runner", "/var", "/home", "/root", "/bin", "/lib", "/proc", "/sys", "/dev", "/run", "/sys/fs/cgroup"):
    attempt("write:" + path, lambda: open(path + "/new.txt", "w"))
attempt("cgroup", lambda: open("/sys/fs/cgroup/memory/memory.limit_in_bytes", "w").write("-1"))
attempt("cgroup2", lambda: open("/sys/fs/cgroup/memory.max", "w").write("max"))
attempt("sysctl", lambda: open("/proc/sys/kernel/hostname", "w").write("x"))
attempt("core-pattern", lambda: open("/proc/sys/kernel/core_pattern", "w").write("|/x"))
open("here.txt", "w").write("x"); open("outputs/there.txt", "w").write("x")
print("wrote")
`;
      const result = await runAttack(subject.executor, program);
      assert.deepEqual([result.status, result.artifacts.length], ['ok', 1], told(result));
      assert.match(result.stdout, /wrote/);
      const written = gotThrough(result.outcomes);
      if (guarantees.readOnlyRoot) return assert.deepEqual(written, [], told(result));
      const files = written.map((attempt) => path.posix.join(attempt.replace('write:', ''), 'new.txt'));
      const look = `for path in ${JSON.stringify(files)}:\n    attempt("again:" + path, lambda: open(path))`;
      const next = await runAttack(subject.executor, look);
      assert.deepEqual([next.status, gotThrough(next.outcomes)], ['ok', []], told(next));
      assert.deepEqual(
        files.filter((file) => existsSync(file)),
        [],
      );
    });

    it('nothing of the network can be reached', async () => {
      const { port } = server.address() as net.AddressInfo;
      const own = Object.values(os.networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .map(({ address }) => address);
      const program = `
import socket
def tcp(host, port, family=socket.AF_INET):
    def step():
        with socket.socket(family) as s:
            s.settimeout(2)
            s.connect((host, port))
    return step
def udp(host, port):
    def step():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.sendto(b"x", (host, port))
    return step
for host in ${JSON.stringify(own)} + ["127.0.0.1", "172.17.0.1", "host.docker.internal"]:
    attempt("host:" + host, tcp(host, ${port}, socket.AF_INET6 if ":" in host else socket.AF_INET))
attempt("metadata", tcp("169.254.169.254", 80))
attempt("internet", tcp("1.1.1.1", 53))
attempt("internet6", tcp("2606:4700:4700::1111", 53, socket.AF_INET6))
attempt("dns-udp", udp("8.8.8.8", 53))
attempt("resolve", lambda: socket.getaddrinfo("example.com", 80))
attempt("multicast", udp("224.0.0.251", 5353))
attempt("broadcast", udp("255.255.255.255", 9))
for name in ("\\0glovebox-victim", "\\0/tmp/dbus", "\\0containerd-shim"):
    def abstract():
        with socket.socket(socket.AF_UNIX) as s: s.connect(name)
    attempt("abstract:" + repr(name), abstract)
try:
    print("interfaces", [name for _, name in socket.if_nameindex() if name not in ("lo", "tunl0", "sit0", "ip6tnl0")])
except (OSError, AttributeError):
    print("interfaces []")
`;
      const hidden = net.createServer((socket) => {
        connections++;
        socket.destroy();
      });
      await new Promise<void>((resolve) => hidden.listen('\0glovebox-victim', resolve));
      try {
        const result = await runAttack(subject.executor, program);
        assert.equal(result.status, 'ok', told(result));
        assert.deepEqual(gotThrough(result.outcomes), [], told(result));
        assert.match(result.stdout, /interfaces \[\]/);
        assert.equal(connections, 0);
      } finally {
        hidden.close();
      }
    });

    if (!guarantees.processes) return;
    it('no powers, and no way to get any', async () => {
      const program = `
import ctypes, glob, stat, subprocess
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
for field in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
    print(field, "none" if int(status.get(field, "0"), 16) == 0 else "OPEN")
print("NoNewPrivs", status.get("NoNewPrivs", "1").strip(), "uid", _os.getuid() != 0 and _os.getgid() != 0)
for step, do in {"setuid": lambda: _os.setuid(0), "setgid": lambda: _os.setgid(0), "seteuid": lambda: _os.seteuid(0), "chown": lambda: _os.chown("/work", 0, 0)}.items():
    attempt(step, do)
found = []
for folder, _, names in _os.walk("/"):
    # Where the mount ignores the bit it gives nobody any powers.
    if folder.startswith(("/proc", "/sys")) or _os.statvfs(folder).f_flag & _os.ST_NOSUID: continue
    for name in names:
        try: mode = _os.lstat(folder + "/" + name).st_mode
        except OSError: continue
        if stat.S_ISREG(mode) and mode & 0o6000: found.append(folder + "/" + name)
print("setuid files", found)
open("own", "wb").write(open("/bin/sh", "rb").read()); _os.chmod("own", 0o6755)
attempt("exec-written", lambda: subprocess.run(["/work/own", "-c", "true"], check=True))
print("processes", sorted(int(p) for p in _os.listdir("/proc") if p.isdigit() and int(p) not in (1, _os.getpid(), _os.getppid())))
`;
      const result = await runAttack(subject.executor, program);
      assert.equal(result.status, 'ok', told(result));
      assert.deepEqual(gotThrough(result.outcomes), [], told(result));
      assert.doesNotMatch(result.stdout, /OPEN/);
      assert.match(result.stdout, /NoNewPrivs 1 uid True\n/);
      assert.match(result.stdout, /setuid files \[\]\n/);
      assert.match(result.stdout, /processes \[\]\n/);
    });
  });
}
