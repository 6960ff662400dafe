import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { runCode, told, type Guarantees, type MakeSubject } from './subject.ts';
import { subjectForSuite } from './subjectForSuite.ts';

/** Looks for what an earlier run may have left, then leaves as much as it can, and ends with its number. */
const plantAndLook = (number: number): string => `
import builtins, os, subprocess, sys, threading, tempfile
seen = []
for folder in ("/work", "/work/outputs", "/tmp", "/dev/shm", "/var/tmp", "/run"):
    try: names = os.listdir(folder)
    except OSError: continue
    seen += [folder + "/" + name for name in names if "planted" in name]
seen += [key for key in os.environ if "PLANTED" in key]
seen += [name for name in vars(builtins) if "planted" in name] + [name for name in sys.modules if "planted" in name]
try:
    for pid in os.listdir("/proc"):
        if pid.isdigit():
            try: seen += ["process " + pid] if b"planted" in open(f"/proc/{pid}/cmdline", "rb").read() else []
            except OSError: pass
except OSError: pass
print("seen", seen)
for folder in ("/work", "/work/outputs", "/tmp", "/dev/shm", "/var/tmp", "/run"):
    try: open(folder + "/planted-${number}", "w").write("x")
    except OSError: pass
os.environ["PLANTED_${number}"] = "x"
builtins.planted_${number} = 1
sys.modules["planted_${number}"] = sys
try:
    sys.modules["pandas"].planted = 1
except KeyError: pass
try:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)", "planted"], start_new_session=True)
except (OSError, AttributeError): pass
raise SystemExit(${number})
`;

/** Memory that this process holds for objects and buffers which something still refers to. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // The second time takes what finalisers of the first one let go.
  for (let time = 0; time < 2; time++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** No run sees anything of another. */
export function isolationContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  describe(`${name}: fresh every time`, function () {
    this.timeout(guarantees.patienceSeconds * 1000 * 5);
    const { soakRuns = 10, soakAtOnce = 16 } = guarantees;
    const subject = subjectForSuite(makeSubject);

    async function check(number: number): Promise<void> {
      const result = await runCode(subject.executor, plantAndLook(number));
      assert.equal(result.stdout, 'seen []\n', told(result));
      assert.equal(result.exitCode, number, told(result));
      assert.equal(result.status, number === 0 ? 'ok' : 'error');
    }

    it(`${soakRuns} runs one after the other, with every exit code there is`, async () => {
      let early = 0;
      for (let run = 0; run < soakRuns; run++) {
        await check(run);
        if (run === Math.min(20, soakRuns - 1)) early = heldBytes();
      }
      const more = heldBytes() - early;
      console.log(`      the host holds ${Math.round(more / 1024)} KiB more than after its 20th run`);
      assert.ok(more < 4 * 1024 * 1024, `the host holds ${more} bytes more`);
    });

    it('16 runs at once, again and again', async () => {
      let next = 256 - soakAtOnce;
      const worker = async (): Promise<void> => {
        while (next < 256) await check(next++);
      };
      await Promise.all(Array.from({ length: 16 }, worker));
    });
  });
}
