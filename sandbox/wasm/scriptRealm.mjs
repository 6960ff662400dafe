// One process, one JavaScript program: QuickJS, compiled to WebAssembly, in a process that is shut as the
// one for Python is. The program's engine is another than the process's: there is nothing of Node in it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { receive, parseJson, send, sendJson, takeSeal } from './channel.mjs';
import { freezeLanguage } from './freeze.mjs';
import { intake } from './intake.mjs';
import { closeDoors, shutDoors } from './lockdown.mjs';
import { joined, MemoryFiles } from './memoryFiles.mjs';
import { isTooLong } from './outputs.mjs';

const config = JSON.parse(process.argv[2]);
const now = performance.now.bind(performance);
const cpuUsage = process.cpuUsage.bind(process);
const resourceUsage = process.resourceUsage.bind(process);
const exit = process.exit.bind(process);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const wait = Atomics.wait;
const { pid } = process;
const CHUNK = 1024 * 1024;

takeSeal();
shutDoors();
const { QuickJS, JSException, EvalFlags } = await import(
  pathToFileURL(path.join(config.quickjs, 'dist', 'index.js')).href
);
const wasm = await WebAssembly.compile(readFileSync(path.join(config.quickjs, 'quickjs.wasm')));
const prelude = readFileSync(path.join(config.sandbox, 'wasm', 'prelude.js'), 'utf8');
closeDoors();
freezeLanguage();
sendJson('h', { protocol: 1, pid, python: 'quickjs', missing: [] });

const files = new MemoryFiles();
const began = { at: 0, cpu: undefined };
let written = 0;
let stdinEnded = false;
const job = takeJob();
Object.assign(files.limits, { workBytes: job.limits.workBytes, fileBytes: job.limits.fileBytes });
send('s');
began.at = now();
began.cpu = cpuUsage();
finish(await run());

/** Takes frames until the host says go; the run ends here where an input file can't be made. */
function takeJob() {
  const inputs = intake({
    create(name) {
      if (name.includes('/')) files.makeFolder(name.slice(0, name.lastIndexOf('/')));
      files.put(name, []);
      return { name, pieces: [] };
    },
    write: ({ pieces }, bytes) => void pieces.push(bytes),
    close: ({ name, pieces }) => files.put(name, pieces),
    drop: ({ name }) => files.remove(name),
  });
  for (;;) {
    const next = receive();
    if (next.type !== 'G') inputs.frame(next);
    else {
      const { job: taken, failure } = inputs.end();
      if (failure === undefined) return taken;
      tellEnd(null, 'inputs', failure);
      send('z');
      exit(0);
    }
  }
}

/** All of standard input, once: whoever reads it again finds its end. */
function stdin() {
  const chunks = [];
  while (!stdinEnded) {
    const { type, payload } = receive();
    if (type === 'I') chunks.push(payload);
    else if (type === 'E') stdinEnded = true;
  }
  return joined(chunks);
}

async function run() {
  const rejected = new Map();
  const vm = await QuickJS.create({
    wasm,
    memoryLimit: job.limits.memoryBytes,
    timezoneOffset: 0,
    onUnhandledRejection: (promise, reason, isHandled) => {
      if (isHandled) rejected.delete(promise.ptr);
      else rejected.set(promise.ptr, described(reason));
    },
    moduleLoader: { normalize: (_, name) => name, load: (name) => moduleSource(name) },
  });
  const isModule = /^\s*(import|export)\b/m.test(job.code);
  const file = /\.[cm]?js$/.test(job.title) ? job.title : `${job.title}.js`;
  const flags = isModule ? EvalFlags.TYPE_MODULE : EvalFlags.TYPE_GLOBAL;
  const doors = vm.evalCode('({})', 'prelude');
  for (const [name, step] of Object.entries(doorsOf(vm)))
    vm.setProp(
      doors,
      name,
      vm.newFunction(name, (...args) => step(...args) ?? vm.undefined),
    );
  vm.setProp(doors, 'file', vm.newString(file));
  const made = vm.callFunction(vm.evalCode(prelude, 'prelude'), vm.undefined, doors);
  const [tick, names, exitCode] = ['tick', 'names', 'exitCode'].map((name) => made.getProp(name));
  const known = parseJson(encoder.encode(names.toString()));
  const moduleSource = (name) => {
    const plain = name.replace(/^node:/, '');
    if (known[plain] === undefined) throw new Error(`Cannot find module '${name}'`);
    return `const it = require(${JSON.stringify(plain)}); export default it; export const { ${known[plain].join(', ')} } = it;`;
  };
  try {
    vm.evalCode(job.code, file, flags);
    do vm.executePendingJobs();
    while (vm.callFunction(tick, vm.undefined).toBoolean());
    const [reason] = rejected.values();
    if (reason !== undefined) return fail(`Uncaught (in promise) ${reason}`, file);
    const code = vm.callFunction(exitCode, vm.undefined);
    return { exitCode: code.isUndefined ? 0 : code.toNumber() & 255 };
  } catch (error) {
    if (!(error instanceof JSException)) return fail(String(error?.message ?? error), file);
    return fail(`${error.name}: ${error.message}\n${error.stack ?? ''}`, file);
  }
}

/** What was thrown, with its stack where it has one. */
function described(thrown) {
  const stack = thrown.isError ? `\n${thrown.getProp('stack').toString()}` : '';
  return `${thrown.toString()}${stack}`;
}

function fail(text, file) {
  const where = new RegExp(`${file.replace(/[^\w]/g, '\\$&')}:\\d+`).exec(text)?.[0];
  output('e', encoder.encode(`${where === undefined ? '' : `${where}\n\n`}${text.trimEnd()}\n`));
  return { exitCode: 1, outOfMemory: /out of memory/.test(text) };
}

function doorsOf(vm) {
  const content = (name) => (name === '/dev/stdin' ? stdin() : files.read(name));
  return {
    write: (fd, text) => void output(fd.toNumber() === 2 ? 'e' : 'o', encoder.encode(text.toString())),
    now: () => vm.newNumber(now()),
    sleep: (ms) => void (ms.toNumber() > 0 && wait(sleeper, 0, 0, ms.toNumber())),
    exit: (code) => void finish({ exitCode: code.toNumber() & 255 }),
    readText: (name) => vm.newString(decoder.decode(content(name.toString()))),
    readBytes: (name) => vm.newUint8Array(content(name.toString())),
    writeText: (name, text, append) =>
      void files.write(name.toString(), encoder.encode(text.toString()), append.toBoolean()),
    writeBytes: (name, data, append) =>
      void files.write(name.toString(), data.toUint8Array().slice(), append.toBoolean()),
    look: (name) => vm.newString(JSON.stringify(files.look(name.toString()) ?? {})),
    list: (name) => vm.newString(JSON.stringify(files.list(name.toString()))),
    makeFolder: (name) => void files.makeFolder(name.toString()),
    remove: (name) => void files.remove(name.toString()),
  };
}

function output(type, bytes) {
  written += bytes.length;
  for (let at = 0; at < bytes.length; at += CHUNK) send(type, bytes.subarray(at, at + CHUNK));
  if (written <= job.limits.outputTotalBytes) return;
  tellEnd(null, 'output');
  send('z');
  exit(0);
}

/** Tells the end and what was left among the outputs; nothing of the program goes on after this. */
function finish({ exitCode, outOfMemory = false }) {
  tellEnd(exitCode, null, '', outOfMemory);
  const left = { bytes: job.limits.artifactBytes, count: job.limits.artifactCount };
  const leftOut = { 'the name is too long': 0, 'too many files': 0, 'too large': 0 };
  for (const [name, bytes] of files.outputs()) {
    if (isTooLong(name)) leftOut['the name is too long']++;
    else if (left.count <= 0) leftOut['too many files']++;
    else if (bytes.length > left.bytes) leftOut['too large']++;
    else {
      left.count--;
      left.bytes -= bytes.length;
      sendJson('a', { name, bytes: bytes.length });
      for (let at = 0; at < bytes.length; at += CHUNK) send('d', bytes.subarray(at, at + CHUNK));
    }
  }
  for (const [reason, count] of Object.entries(leftOut)) {
    if (count > 0)
      sendJson('n', { text: `${count === 1 ? '1 file' : `${count} files`} in outputs left out (${reason})` });
  }
  send('z');
  exit(0);
}

function tellEnd(exitCode, reason, detail = '', outOfMemory = false) {
  const used = began.cpu === undefined ? { user: 0, system: 0 } : cpuUsage(began.cpu);
  sendJson('x', {
    exitCode,
    signal: null,
    reason,
    detail,
    wallMs: began.at === 0 ? 0 : now() - began.at,
    cpuMs: (used.user + used.system) / 1000,
    peakMemoryBytes: resourceUsage().maxRSS * 1024,
    oomKills: outOfMemory ? 1 : 0,
  });
}
