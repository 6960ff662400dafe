import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = path.resolve(import.meta.dirname, '../../../sandbox/wasm');
const url = (name: string): string => JSON.stringify(pathToFileURL(path.join(folder, name)).href);

/** Runs a program of Node's in a process of its own, closed as the realm closes itself; gives its lines. */
async function closed(program: string): Promise<readonly string[]> {
  const source = `
import fs from 'node:fs';
import net from 'node:net';
import http from 'node:http';
import tls from 'node:tls';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { createRequire } from 'node:module';
import { closeDoors, lendConstants, shutDoors } from ${url('lockdown.mjs')};
import { freezeLanguage } from ${url('freeze.mjs')};
const require = createRequire(import.meta.url);
const realm = process;
const write = fs.writeSync;
const say = (text) => write(1, text + '\\n');
lendConstants();
shutDoors();
closeDoors();
freezeLanguage();
const attempt = async (name, step) => {
  try { await step(); say('OPEN ' + name); } catch (error) { say('closed ' + name); }
};
${program}
realm.exit(0);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', source]);
  return stdout.trim().split('\n');
}

describe('a process that has closed its doors', () => {
  it('connects, listens and asks for names no more, whoever still holds the modules', async () => {
    const lines = await closed(`
await attempt('connect', () => net.connect(1, '127.0.0.1'));
await attempt('socket', () => new net.Socket().connect(1, '127.0.0.1'));
await attempt('local socket', () => net.connect('/nowhere'));
await attempt('server', () => net.createServer().listen(0));
await attempt('tls', () => tls.connect(1, '127.0.0.1'));
await attempt('http', () => new Promise((resolve, reject) => http.get('http://127.0.0.1:1/').on('error', (error) => /realm/.test(error.message) ? reject(error) : resolve()).on('socket', resolve)));
await attempt('datagram', () => dgram.createSocket('udp4').send('x', 1, '127.0.0.1'));
await attempt('bind', () => dgram.createSocket('udp4').bind(0));
await attempt('name', () => dns.lookup('localhost', () => undefined));
await attempt('name, promised', () => dns.promises.resolve4('localhost'));
await attempt('resolver', () => new dns.Resolver().resolve4('localhost', () => undefined));`);
    assert.deepEqual(
      lines.filter((line) => !line.startsWith('closed ')),
      [],
    );
    assert.equal(lines.length, 11);
  });

  it('loads nothing more, and signals and inspects nobody', async () => {
    const lines = await closed(`
await attempt('require', () => require('node:child_process'));
await attempt('import', () => import('node:child_process'));
await attempt('module', () => require('node:module')._load('fs'));
for (const name of ['getBuiltinModule', 'binding', '_linkedBinding', 'dlopen', 'kill', '_kill', '_debugProcess', 'execve', '_getActiveHandles', 'abort', 'chdir'])
  await attempt(name, () => realm[name]('fs'));
for (const name of ['stdin', 'stdout', 'stderr'])
  await attempt(name, () => realm[name].write);
await attempt('to give them back', () => Object.defineProperty(realm, 'kill', { value: 1 }));`);
    assert.deepEqual(
      lines.filter((line) => !line.startsWith('closed ')),
      [],
    );
    assert.equal(lines.length, 18);
  });

  it('has nothing but the language in its global object', async () => {
    const [line = ''] = await closed(`say(Object.getOwnPropertyNames(globalThis).join(' '));`);
    const forbidden =
      /\b(fetch|WebSocket|EventSource|Buffer|global|require|navigator|crypto|Atomics|SharedArrayBuffer|Worker|MessageChannel|setTimeout|eval)\b/;
    assert.match(line, /\bArray\b/);
    assert.doesNotMatch(line, forbidden);
  });

  it('has a language that nobody changes', async () => {
    const lines = await closed(`
for (const [name, object] of Object.entries({
  Object, Array, Function, Promise, Map, Set, Uint8Array, JSON, Math, Reflect, Symbol, WebAssembly, RegExp, Date, Error, Proxy, TextDecoder,
  iterator: Object.getPrototypeOf([][Symbol.iterator]()),
  iterators: Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())),
  arrays: Object.getPrototypeOf(Uint8Array),
  asynchronous: Object.getPrototypeOf(async () => undefined),
  generator: Object.getPrototypeOf(function* () {}),
})) {
  await attempt(name, () => { object.planted = 1; });
  if (object.prototype) await attempt(name + ' prototype', () => { object.prototype.planted = 1; });
}
await attempt('toJSON', () => { Object.prototype.toJSON = () => 1; });
await attempt('setter', () => Object.prototype.__defineSetter__('connect', () => 1));
await attempt('then', () => { Promise.prototype.then = () => 1; });
await attempt('species', () => Object.defineProperty(Array, Symbol.species, { value: 1 }));
await attempt('stack', () => { Error.prepareStackTrace = () => 1; });
await attempt('memory', () => { WebAssembly.Memory.prototype.grow = () => 1; });
await attempt('global', () => { globalThis.JSON = {}; });
say(JSON.stringify([new Error('x').stack.length > 0, [1, 2].map((one) => one + 1), Error.stackTraceLimit]));`);
    assert.deepEqual(
      lines.filter((line) => line.startsWith('OPEN ')),
      [],
    );
    assert.equal(lines.at(-1), '[true,[2,3],10]');
    assert.ok(lines.length > 40);
  });
});
