/**
 * What code can reach that matters, by dotted name. `when` says what makes a finding: `touch` any
 * mention as a value, `call` a call or handing it on.
 */
export interface Sink {
  readonly rule: string;
  readonly what: string;
  readonly when: 'touch' | 'call';
}

type Row = readonly [names: string, rule: string, what: string, when?: 'call'];

const rows: readonly Row[] = [
  ['eval', 'code.eval', 'runs text as code with eval'],
  [
    'Function Function.prototype.constructor GeneratorFunction AsyncFunction',
    'code.eval',
    'makes a function out of text',
    'call',
  ],
  ['execScript importScripts', 'code.eval', 'runs text or a file as code'],
  ['node:vm node:vm.* node:repl node:repl.*', 'code.eval', 'runs text as code with the vm or repl module'],
  [
    'node:inspector node:inspector.* node:inspector/promises',
    'code.eval',
    'drives the interpreter through the inspector',
  ],
  [
    'vm2 vm2.* isolated-vm isolated-vm.* safe-eval expression-eval static-eval',
    'code.eval',
    'runs text as code',
  ],
  ['node:child_process node:child_process.*', 'process.spawn', 'starts a child process'],
  ['node:cluster node:cluster.*', 'process.spawn', 'starts worker processes'],
  ['node:worker_threads.Worker Worker SharedWorker', 'process.spawn', 'starts a worker thread'],
  ['node:test.run', 'process.spawn', 'starts test processes'],
  [
    'shelljs shelljs.* execa execa.* cross-spawn cross-spawn.* zx zx.* node-pty node-pty.* nano-spawn',
    'process.spawn',
    'starts a child process',
  ],
  ['Deno.run Deno.Command Bun.spawn Bun.spawnSync Bun.$', 'process.spawn', 'starts a child process'],
  [
    'process.kill process.abort process.setuid process.setgid process.seteuid process.setegid process.setgroups process.initgroups process._kill process._debugProcess process._debugEnd',
    'process.control',
    'signals or changes processes',
  ],
  ['node:os.setPriority', 'process.control', 'changes priorities of processes'],
  [
    'node:net node:net.* node:tls node:tls.* node:dgram node:dgram.* node:dns node:dns.* node:dns/promises node:dns/promises.*',
    'network.connect',
    'opens the network',
  ],
  [
    'node:http.request node:http.get node:http.createServer node:http.Server node:http.Agent node:http.ClientRequest node:http.globalAgent node:http.globalAgent.* node:http.WebSocket node:http.EventSource node:_tls_wrap node:_tls_wrap.* node:_http_agent node:_http_agent.* node:https node:https.* node:http2 node:http2.* node:_http_client node:_http_client.*',
    'network.connect',
    'opens the network',
  ],
  [
    'fetch XMLHttpRequest WebSocket EventSource WebTransport RTCPeerConnection navigator.sendBeacon Deno.connect Deno.listen Deno.serve Bun.serve Bun.connect',
    'network.connect',
    'opens the network',
  ],
  [
    'undici undici.* axios axios.* node-fetch node-fetch.* got got.* ky ky.* superagent superagent.* request request.* needle needle.* ws ws.* socket.io socket.io.* socket.io-client express express.* fastify fastify.* koa hapi nodemailer nodemailer.* ssh2 ssh2.* ftp basic-ftp puppeteer puppeteer.* playwright playwright.* mysql mysql2 pg pg.* mongodb mongodb.* mongoose redis redis.* ioredis amqplib kafkajs',
    'network.connect',
    'opens the network',
  ],
  [
    'process.binding process._linkedBinding process.dlopen process.moduleLoadList internalBinding',
    'native.load',
    'reaches native code of the interpreter',
  ],
  ['WebAssembly WebAssembly.* node:wasi node:wasi.*', 'native.load', 'loads WebAssembly'],
  [
    'ffi-napi ffi-napi.* koffi koffi.* node-ffi ref-napi bindings bindings.* node-gyp-build Deno.dlopen node:ffi',
    'native.load',
    'loads native code',
  ],
  [
    'node:v8.setFlagsFromString node:v8.startupSnapshot process.setFlagsFromString',
    'native.load',
    'changes the interpreter',
  ],
  ['node:v8.deserialize node:v8.Deserializer', 'code.eval', 'rebuilds objects out of bytes'],
  [
    'node:module node:module.* process.mainModule require.cache require.extensions module.constructor module.parent module.children module.paths module._compile',
    'internals.modules',
    'reaches the module loader',
  ],
  ['node:sea node:sea.* node:internal', 'internals.modules', 'reaches inside the interpreter'],
  ['Error.prepareStackTrace', 'internals.frames', 'takes over stack traces'],
  ['Function.prototype.caller Function.prototype.arguments', 'internals.frames', 'walks the stack of calls'],
  ['process.report.writeReport process.report.getReport', 'internals.modules', 'tells all of the process'],
  ['node:fs.promises.constants.x', 'fs.outside', 'touches files'],
  ['node:child_process/promises', 'process.spawn', 'starts a child process'],
];

const exact = new Map<string, Sink>();
const below = new Map<string, Sink>();
for (const [names, rule, what, when] of rows) {
  const sink: Sink = { rule, what, when: when ?? 'touch' };
  for (const name of names.split(' ')) {
    if (name.endsWith('.*')) below.set(name.slice(0, -2), sink);
    else exact.set(name, sink);
  }
}

/** The row for a dotted name, or for something below it. */
export function sinkOf(path: string): Sink | undefined {
  const found = exact.get(path);
  if (found !== undefined || below.size === 0) return found;
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const parent = below.get(path.slice(0, dot));
    if (parent !== undefined) return parent;
  }
  return undefined;
}

/** Calls whose arguments are paths: which arguments, by position. */
export function pathArguments(path: string): readonly number[] {
  const file = /^(?:node:fs(?:\/promises)?|fs-extra|graceful-fs)\.(\w+)$/.exec(path)?.[1];
  if (file !== undefined) {
    if (
      /^(exists|f(chmod|chown|stat|sync|truncate|utimes|datasync)(Sync)?|close(Sync)?|readv?(Sync)?|writev?(Sync)?|constants|Stats|Dirent)$/.test(
        file,
      )
    ) {
      return /^exists/.test(file) ? [0] : [];
    }
    return /^(rename|copyFile|copy|move|cp|link|symlink)(Sync)?$/.test(file) ? [0, 1] : [0];
  }
  switch (path) {
    case 'process.chdir':
    case 'process.loadEnvFile':
    case 'node:sqlite.DatabaseSync':
    case 'node:v8.writeHeapSnapshot':
    case 'Deno.readTextFile':
    case 'Deno.readFile':
    case 'Deno.writeTextFile':
    case 'Deno.writeFile':
    case 'Deno.remove':
    case 'Bun.file':
    case 'Bun.write':
      return [0];
    default:
      return [];
  }
}

/** Names of the language whose members must not be chosen at run time. */
export function isSensitive(path: string): boolean {
  return /^(globalThis|process|require|module|Reflect|node:(fs|fs\/promises|child_process|vm|module|net|http|https|worker_threads|os|process))$/.test(
    path,
  );
}

/** Prototypes and namespaces that all other code shares. */
export function isShared(path: string): boolean {
  return (
    /^(\w+|constructor)\.prototype$/.test(path) ||
    /^(JSON|Math|Object|Reflect|Promise|Function|Array|String|RegExp|Symbol)$/.test(path)
  );
}
