// Takes away what a program could use to leave the realm, should it ever reach JavaScript in spite of the
// wall. The process's own limits (no file writes, no child processes, no workers, no code from strings,
// an empty environment, an OS sandbox where there is one) hold even if something is forgotten here.
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import module from 'node:module';
import net from 'node:net';
import os from 'node:os';
import process from 'node:process';

const network = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'BroadcastChannel', 'MessageChannel'];

/** What may stay in the global object: the language, without shared memory and code from strings. */
const kept = new Set(
  `Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise
  RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError
  SuppressedError DisposableStack AsyncDisposableStack globalThis JSON Math Intl ArrayBuffer Uint8Array
  Int8Array Uint16Array Int16Array Uint32Array Int32Array Float16Array Float32Array Float64Array
  Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set Iterator WeakMap WeakSet WeakRef
  FinalizationRegistry Proxy Reflect decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN
  WebAssembly console performance TextEncoder TextDecoder process`.split(/\s+/),
);

/** Methods of the process that reach beyond it, or hand out something that does. */
const ofProcess = `getBuiltinModule binding _linkedBinding dlopen kill _kill abort chdir openStdin loadEnvFile
  setUncaughtExceptionCaptureCallback _debugProcess _debugEnd _startProfilerIdleNotifier execve
  _getActiveHandles _getActiveRequests getActiveResourcesInfo _rawDebug`.split(/\s+/);
const streams = ['stdin', 'stdout', 'stderr'];

const refuse = () => {
  throw new Error('not for this realm');
};
const shut = (object, name) =>
  Object.defineProperty(object, name, { value: refuse, configurable: false, writable: false });

/** Without looking at it: Node loads parts of itself for some names when they are looked at. */
function remove(name) {
  if (!Reflect.deleteProperty(globalThis, name))
    Object.defineProperty(globalThis, name, { value: undefined, writable: false });
}

/** What Pyodide needs of a forbidden door, it gets as plain data. */
export function lendConstants() {
  const constants = { fs: { ...fs.constants }, os: { ...os.constants } };
  process.binding = (name) => {
    if (name === 'constants') return constants;
    throw new Error(`process.binding(${name}) is not for this realm`);
  };
}

/** Before anything is loaded: nothing here connects, listens or asks for names. */
export function shutDoors() {
  for (const name of [...network, 'gc', 'require']) delete globalThis[name];
  // `http`, `https`, `tls` and the like all connect by these.
  for (const name of ['connect', 'listen', '_read', '_write']) {
    if (net.Socket.prototype[name] !== undefined) shut(net.Socket.prototype, name);
    if (net.Server.prototype[name] !== undefined) shut(net.Server.prototype, name);
  }
  for (const name of ['bind', 'connect', 'send', 'sendto', 'addMembership'])
    shut(dgram.Socket.prototype, name);
  for (const resolver of [dns.Resolver.prototype, dns.promises.Resolver.prototype, dns, dns.promises]) {
    for (const name of Object.getOwnPropertyNames(resolver)) {
      if (/^(lookup|resolve|reverse)/.test(name)) shut(resolver, name);
    }
  }
}

/** When all is loaded: nothing of Node is left to be found by walking from object to object. */
export function closeDoors() {
  // Nothing is loaded any more, be it by require(), by import() or by name.
  module.registerHooks({ resolve: refuse });
  shut(module, '_load');
  for (const name of ofProcess) shut(process, name);
  for (const name of streams)
    Object.defineProperty(process, name, { get: refuse, set: undefined, configurable: false });
  process.mainModule = undefined;
  for (const name of Reflect.ownKeys(globalThis)) {
    if (typeof name === 'string' && !kept.has(name)) remove(name);
  }
  // The interpreter leaves the exit status of os._exit here.
  Object.defineProperty(globalThis, 'process', {
    value: { __proto__: null, exitCode: 0 },
    configurable: false,
  });
}
