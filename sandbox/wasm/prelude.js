// What a JavaScript program finds besides the language: a console, timers, a little of process, and of
// Node's modules `fs` and `path` as far as they make sense here. `host` has the doors to the realm.
(function (host) {
  'use strict';
  function show(value, depth = 0, seen = []) {
    if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'function') return `[Function${value.name ? `: ${value.name}` : ''}]`;
    if (typeof value !== 'object' || value === null) return String(value);
    if (value instanceof Error) return `${value}\n${value.stack ?? ''}`.trimEnd();
    if (seen.includes(value)) return '[Circular]';
    const inner = (one) => show(one, depth + 1, [...seen, value]);
    if (depth > 3) return Array.isArray(value) ? '[Array]' : '[Object]';
    if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      const items = Array.from(value).slice(0, 100).map(inner);
      if (value.length > 100) items.push(`… ${value.length - 100} more items`);
      return items.length === 0 ? '[]' : `[ ${items.join(', ')} ]`;
    }
    if (value instanceof Map)
      return `Map(${value.size}) { ${[...value].map(([k, v]) => `${inner(k)} => ${inner(v)}`).join(', ')} }`;
    if (value instanceof Set) return `Set(${value.size}) { ${[...value].map(inner).join(', ')} }`;
    if (value instanceof Date || value instanceof RegExp)
      return value instanceof Date ? value.toISOString() : String(value);
    const fields = Object.entries(value).map(([key, one]) => `${key}: ${inner(one)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }

  const line =
    (fd) =>
    (...values) =>
      host.write(fd, `${values.map((value) => show(value)).join(' ')}\n`);
  const [out, err] = [line(1), line(2)];
  const table = (rows) => Object.entries(rows).forEach(([key, row]) => out(key, row));
  globalThis.console = { log: out, info: out, debug: out, table, error: err, warn: err, trace: err };

  const timers = [];
  let made = 0;
  const later =
    (repeat) =>
    (step, ms = 0, ...args) => {
      const wait = Math.max(0, Number(ms) || 0);
      timers.push({
        id: ++made,
        at: host.now() + wait,
        step,
        args,
        repeat: repeat ? Math.max(1, wait) : undefined,
      });
      return made;
    };
  const forget = (id) => {
    const index = timers.findIndex((timer) => timer.id === id);
    if (index >= 0) timers.splice(index, 1);
  };
  Object.assign(globalThis, {
    setTimeout: later(false),
    setInterval: later(true),
    setImmediate: (step, ...args) => later(false)(step, 0, ...args),
    clearTimeout: forget,
    clearInterval: forget,
    clearImmediate: forget,
    queueMicrotask: (step) => void Promise.resolve().then(step),
  });
  /** Runs the next timer when it is due; false when there is none. */
  const tick = () => {
    const [next] = timers.sort((a, b) => a.at - b.at);
    if (next === undefined) return false;
    host.sleep(next.at - host.now());
    if (next.repeat === undefined) forget(next.id);
    else next.at = host.now() + next.repeat;
    next.step(...next.args);
    return true;
  };

  const text = (encoding) => typeof (encoding?.encoding ?? encoding) === 'string';
  const write = (name, data, append) =>
    data instanceof Uint8Array
      ? host.writeBytes(String(name), data.slice().buffer, append)
      : host.writeText(String(name), String(data), append);
  const stat = (name) => {
    const { kind, size } = JSON.parse(host.look(String(name)));
    if (kind === undefined) throw new Error(`ENOENT: ${name}`);
    return { size, isFile: () => kind === 'file', isDirectory: () => kind === 'folder' };
  };
  const fs = {
    readFileSync: (name, encoding) =>
      text(encoding)
        ? host.readText(name === 0 ? '/dev/stdin' : String(name))
        : host.readBytes(name === 0 ? '/dev/stdin' : String(name)),
    writeFileSync: (name, data) => write(name, data, false),
    appendFileSync: (name, data) => write(name, data, true),
    existsSync: (name) => JSON.parse(host.look(String(name))).kind !== undefined,
    readdirSync: (name) => JSON.parse(host.list(String(name))),
    mkdirSync: (name) => host.makeFolder(String(name)),
    unlinkSync: (name) => host.remove(String(name)),
    rmSync: (name) => host.remove(String(name)),
    statSync: stat,
  };
  fs.promises = Object.fromEntries(
    Object.entries(fs).map(([name, step]) => [name.replace('Sync', ''), async (...args) => step(...args)]),
  );
  const path = {
    sep: '/',
    join: (...parts) => path.normalize(parts.filter(Boolean).join('/')),
    normalize: (name) => {
      const parts = [];
      for (const part of name.split('/')) {
        if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
        else if (part !== '' && part !== '.') parts.push(part);
      }
      return (name.startsWith('/') ? '/' : '') + parts.join('/') || '.';
    },
    resolve: (...parts) =>
      path.normalize(parts.reduce((all, part) => (part.startsWith('/') ? part : `${all}/${part}`), '/work')),
    basename: (name, end = '') => {
      const last = name.split('/').filter(Boolean).at(-1) ?? '';
      return end !== '' && last.endsWith(end) ? last.slice(0, -end.length) : last;
    },
    dirname: (name) => name.replace(/\/?[^/]*\/?$/, '') || (name.startsWith('/') ? '/' : '.'),
    extname: (name) => /[^/](\.[^./]*)$/.exec(name)?.[1] ?? '',
  };
  path.posix = path;
  const modules = { fs, path, 'fs/promises': fs.promises };
  globalThis.require = (name) => {
    const found = modules[String(name).replace(/^node:/, '')];
    if (found !== undefined) return found;
    throw new Error(
      `Cannot find module '${name}': the embedded JavaScript has fs and path. Choose Docker for more.`,
    );
  };
  globalThis.module = { exports: {} };
  globalThis.exports = globalThis.module.exports;
  globalThis.process = {
    argv: ['node', host.file],
    env: {},
    exitCode: undefined,
    exit: (code) => host.exit(Number(code ?? globalThis.process.exitCode ?? 0)),
    cwd: () => '/work',
    platform: 'wasm',
    stdout: { write: (data) => (host.write(1, String(data)), true) },
    stderr: { write: (data) => (host.write(2, String(data)), true) },
  };
  return {
    tick,
    names: JSON.stringify(
      Object.fromEntries(Object.entries(modules).map(([name, one]) => [name, Object.keys(one)])),
    ),
    exitCode: () => globalThis.process?.exitCode,
  };
});
