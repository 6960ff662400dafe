import { leavesFolder } from '../pathPlace.ts';
import { ref } from './values.ts';
import type { RefValue } from './values.ts';

const builtins = new Set(
  'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns dns/promises domain events ffi fs fs/promises http http2 https inspector inspector/promises module net os path path/posix path/win32 perf_hooks process punycode querystring readline readline/promises repl sea sqlite stream stream/promises string_decoder test timers timers/promises tls trace_events tty url util v8 vm wasi worker_threads zlib _http_client _http_agent _http_server _tls_wrap _tls_common'.split(
    ' ',
  ),
);

/** What importing a module by that name means. */
export type ImportPlace =
  | { readonly kind: 'module'; readonly value: RefValue }
  | { readonly kind: 'refused'; readonly rule: string; readonly what: string };

/** Finds out what a module name stands for. */
export function importPlace(name: string, allowed: readonly string[] | undefined): ImportPlace {
  const bare = name.replace(/^node:/, '');
  if (builtins.has(bare) || name.startsWith('node:')) {
    if (bare === 'process') return { kind: 'module', value: ref('process') };
    if (bare === 'path/posix' || bare === 'path/win32') return { kind: 'module', value: ref('node:path') };
    return { kind: 'module', value: ref(`node:${bare}`) };
  }
  if (/^(data|blob|javascript):/i.test(name)) {
    return { kind: 'refused', rule: 'code.eval', what: 'imports code out of text' };
  }
  if (/^(https?|wss?|ftp|npm|jsr):/i.test(name)) {
    return { kind: 'refused', rule: 'network.connect', what: 'imports code from the network' };
  }
  if (/\.node$/i.test(name)) return { kind: 'refused', rule: 'native.load', what: 'loads a native module' };
  if (leavesFolder(name, false, allowed)) {
    return { kind: 'refused', rule: 'fs.outside', what: 'imports a file outside the work folder' };
  }
  return { kind: 'module', value: ref(name) };
}

/** The dotted name of a member; different ways to one thing get one name. */
export function memberPath(path: string, name: string): string {
  if (path === 'globalThis' || path === 'this') return globalName(name);
  if (path.startsWith('node:') && name === 'default') return path;
  if (path === 'node:fs' && name === 'promises') return 'node:fs/promises';
  if (path === 'node:dns' && name === 'promises') return 'node:dns/promises';
  if (path === 'node:path' && (name === 'posix' || name === 'win32')) return 'node:path';
  if (path === 'module' && name === 'require') return 'require';
  if (path === 'process.mainModule' && name === 'require') return 'require';
  if (path === 'require.main' && (name === 'require' || name === 'constructor')) return 'require';
  if (name === 'constructor') return constructorOf(path);
  if (name === '__proto__') return `${path}.prototype`;
  return `${path}.${name}`;
}

const namespaces =
  /^(Math|JSON|Reflect|Atomics|Intl|console|process|module|Object\.prototype|[A-Z]\w*\.prototype|node:[\w/]+)$/;

/** Whatever has no better known constructor may be a function, whose constructor makes code of text. */
function constructorOf(path: string): string {
  if (path === 'Function.prototype') return 'Function';
  if (path === 'module') return 'module.constructor';
  return namespaces.test(path) ? 'Object' : 'Function';
}

/** A global by its name; the names of the global object itself are one. */
export function globalName(name: string): string {
  return /^(globalThis|global|window|self|top|frames|GLOBAL|root)$/.test(name) ? 'globalThis' : name;
}
