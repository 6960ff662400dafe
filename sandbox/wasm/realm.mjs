// One process, one interpreter, one run (or one session). Started by the host with Node's permission
// model, no environment and no code from strings; see lockdown.mjs for what else is taken away.
import { receive, parseJson, send, sendJson, takeSeal } from './channel.mjs';
import { freezeLanguage } from './freeze.mjs';
import { importedModules } from './imports.mjs';
import { intake } from './intake.mjs';
import { closeDoors, lendConstants, shutDoors } from './lockdown.mjs';
import { loadInterpreter, OUTPUTS, WORK } from './interpreter.mjs';
import { watchMachineCode } from './machineCode.mjs';
import { watchMemory } from './memory.mjs';
import { sendOutputs } from './outputs.mjs';
import { packageInstaller } from './packages.mjs';
import { pythonCalls } from './python.mjs';
import { limitFiles } from './quota.mjs';

const config = JSON.parse(process.argv[2]);
const now = performance.now.bind(performance);
const cpuUsage = process.cpuUsage.bind(process);
const resourceUsage = process.resourceUsage.bind(process);
const exit = process.exit.bind(process);
const encode = TextEncoder.prototype.encode.bind(new TextEncoder());
const { pid } = process;

const program = { written: 0, mayWrite: Infinity, began: 0, stdin: [], stdinEnded: false, waiting: [] };

/** The program's output goes out as it is written; its bytes may live in memory that moves. */
const writer = (type) => (bytes) => {
  program.written += bytes.length;
  send(type, bytes.slice());
  if (program.written > program.mayWrite) stop('output');
  return bytes.length;
};

/** The program's standard input; waits for the host where nothing has come yet. 0 is its end. */
function stdin(buffer) {
  while (program.stdin.length === 0 && !program.stdinEnded) frame(receive());
  const chunk = program.stdin[0];
  if (chunk === undefined) return 0;
  const taken = chunk.subarray(0, buffer.length);
  buffer.set(taken);
  if (taken.length < chunk.length) program.stdin[0] = chunk.subarray(taken.length);
  else program.stdin.shift();
  return taken.length;
}

function frame({ type, payload }) {
  if (type === 'I') program.stdin.push(payload);
  else if (type === 'E') program.stdinEnded = true;
  else if (type !== 'K') program.waiting.push({ type, payload });
}

const nextFrame = () => program.waiting.shift() ?? receive();

takeSeal();
lendConstants();
shutDoors();
const memory = watchMemory();
const machineCode = watchMachineCode();
const { pyodide, missing, runAt, closeWall } = await loadInterpreter(config, {
  stdout: writer('o'),
  stderr: writer('e'),
  stdin,
});

if (config.make) {
  const bytes = pyodide.makeMemorySnapshot();
  for (let at = 0; at < bytes.length; at += 1 << 20) send('d', bytes.subarray(at, at + (1 << 20)));
  send('z');
  exit(0);
}

const { FS } = pyodide;
const quota = limitFiles(pyodide);
const inputs = intake(inputFiles());
const sent = new Map();
const install = packageInstaller(pyodide, config.packages, machineCode.allow);
const call = pythonCalls(pyodide._module);
const { version } = pyodide;
closeWall();
machineCode.close();
closeDoors();
freezeLanguage();
sendJson('h', { protocol: 1, pid, python: version, missing });
for (;;) serve();

/** Takes one job from the host, runs it and tells its end. */
function serve() {
  const { job, failure } = takeJob();
  memory.limit = job.limits.memoryBytes;
  memory.refused = false;
  quota.workBytes = job.limits.workBytes;
  quota.fileBytes = job.limits.fileBytes;
  program.written = 0;
  program.mayWrite = job.limits.outputTotalBytes;
  program.began = now();
  program.cpu = cpuUsage();
  if (failure !== undefined) return refuse(job, failure);
  const installed = makeReady(job.code);
  send('s');
  program.began = now();
  program.cpu = cpuUsage();
  const end = execute(job, installed);
  if (end.value !== undefined) sendJson('v', { text: end.value });
  tellEnd(end.exitCode, null);
  sendOutputs(FS, OUTPUTS, job.limits, sent);
  send('z');
  if (!job.session || end.over) exit(0);
}

/** Takes frames until the host says go. What it sends for a program is no part of what that may write. */
function takeJob() {
  for (;;) {
    const next = nextFrame();
    if (next.type === 'G') return quota.aside(() => inputs.end());
    // What the job before left unread is not for this one.
    if (next.type === 'R') Object.assign(program, { stdin: [], stdinEnded: false });
    if (!quota.aside(() => inputs.frame(next))) frame(next);
  }
}

/** Nothing of the job is run; a session goes on. */
function refuse(job, failure) {
  tellEnd(null, 'inputs', failure);
  send('z');
  if (!job.session) exit(0);
}

/**
 * Loads what the program imports and the host has fetched, before its clock starts. No Python takes part:
 * that of an earlier cell would run without a clock.
 */
function makeReady(code) {
  try {
    return quota.aside(() => install(importedModules(code)));
  } catch {
    return false; // What is not there, the program will miss, and it is said then.
  }
}

function tellEnd(exitCode, reason, detail = '') {
  const used = cpuUsage(program.cpu);
  sendJson('x', {
    exitCode,
    signal: null,
    reason,
    detail,
    wallMs: now() - program.began,
    cpuMs: (used.user + used.system) / 1000,
    peakMemoryBytes: resourceUsage().maxRSS * 1024,
    oomKills: memory.refused && exitCode !== 0 ? 1 : 0,
  });
}

/** Ends the run from within: nothing of the program goes on after this. */
function stop(reason, detail) {
  program.mayWrite = Infinity;
  tellEnd(null, reason, detail);
  send('z');
  exit(0);
}

function execute({ code, title, cell, session }, installed) {
  try {
    const request = { code, title, cell: cell === true, session: session === true, installed };
    const { exitCode, value } = call(runAt, request) ?? {};
    if (!Number.isInteger(exitCode)) return { exitCode: 1, over: true };
    return {
      exitCode: (exitCode < 0 ? 128 - exitCode : exitCode) & 255,
      ...(typeof value === 'string' ? { value } : {}),
    };
  } catch (error) {
    // os._exit ends the interpreter by an exception of its own; anything else is its fault, not ours.
    if (error?.name === 'ExitStatus' || error?.name === 'Exit')
      return { exitCode: error.status & 255, over: true };
    const text = `The interpreter stopped: ${String(error?.message ?? error).slice(0, 2000)}\n`;
    send('e', encode(text));
    return { exitCode: 1, over: true };
  }
}

/** Where the host's files are made. */
function inputFiles() {
  return {
    create(name) {
      const path = `${WORK}/${name}`;
      FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
      return { path, stream: FS.open(path, 'w') };
    },
    write: ({ stream }, bytes) => FS.write(stream, bytes, 0, bytes.length),
    close: ({ stream }) => FS.close(stream),
    drop({ path, stream }) {
      // A program may have put a device in its place, which has no length.
      if (FS.isFile(stream.node.mode)) FS.ftruncate(stream.fd, 0);
      FS.close(stream);
      FS.unlink(path);
    },
  };
}
