// Takes away what a program could use to leave the realm. The process's own limits (no file writes,
// no child processes, no workers, no code from strings, an empty environment, an OS sandbox where
// there is one) hold even if something is forgotten here.
import fs from 'node:fs';
import os from 'node:os';
import process from 'node:process';

const network = [
  'fetch',
  'WebSocket',
  'EventSource',
  'XMLHttpRequest',
  'BroadcastChannel',
  'MessageChannel',
  'Worker',
];
const doors = ['navigator', 'localStorage', 'sessionStorage', 'crypto', 'require', 'gc'];

/** Before Pyodide is loaded: what it needs of a forbidden door, it gets as plain data. */
export function beforePyodide() {
  const constants = { fs: { ...fs.constants }, os: { ...os.constants } };
  process.binding = (name) => {
    if (name === 'constants') return constants;
    throw new Error(`process.binding(${name}) is not for this realm`);
  };
  for (const name of [...network, 'gc', 'require']) delete globalThis[name];
}

/** After Pyodide is loaded: nothing of Node is left to be found by walking from object to object. */
export function afterPyodide() {
  const refuse = () => {
    throw new Error('not for this realm');
  };
  for (const name of [
    'getBuiltinModule',
    'binding',
    '_linkedBinding',
    'dlopen',
    'kill',
    'abort',
    'chdir',
    'openStdin',
    'loadEnvFile',
    'setUncaughtExceptionCaptureCallback',
  ]) {
    Object.defineProperty(process, name, { value: refuse, configurable: false, writable: false });
  }
  process.mainModule = undefined;
  for (const name of [...network, ...doors, 'Buffer', 'global', 'SharedArrayBuffer']) {
    try {
      delete globalThis[name];
    } catch {
      Object.defineProperty(globalThis, name, { value: undefined });
    }
  }
  // The interpreter leaves the exit status of os._exit here.
  Object.defineProperty(globalThis, 'process', {
    value: { __proto__: null, exitCode: 0 },
    configurable: false,
  });
}
