import type { GuaranteeId } from '../core/guarantees.ts';
import type { RunResult } from '../core/run.ts';
import { held, type Attack, type Outcomes } from './attack.ts';

/** Says what got through, as `THROUGH guarantee what`, and goes on after what was refused. */
const attempt = `
def attempt(guarantee, what, step):
    try:
        got = step()
    except Exception:
        return
    if got is not False:
        print("THROUGH", guarantee, what, flush=True)
`;

/** By the interface that Pyodide has for it: Python refuses. */
const byInterface: Attack = {
  code: ({ file, port }) => `${attempt}
import ctypes, os, socket
import _pyodide_core, js, pyodide_js, pyodide.code, pyodide.ffi as ffi
attempt("javascript", "code was made from a string", lambda: pyodide.code.run_js("1 + 1"))
attempt("javascript", "a constructor was found", lambda: ffi.to_js({}).constructor)
attempt("javascript", "the C module gave an object", lambda: _pyodide_core.to_js({}))
attempt("javascript", "process is there", lambda: js.process)
attempt("javascript", "the module behind is there", lambda: pyodide_js._module)
attempt("runner", "every object was given a method", lambda: setattr(ffi.to_js({}).constructor.prototype, "toJSON", ffi.create_proxy(print)))
def mount():
    pyodide_js.FS.mount(pyodide_js.FS.filesystems.NODEFS, {"root": ${JSON.stringify('/')}}, "/mnt")
attempt("files", "the file system of the host was mounted", mount)
attempt("files", "the host's own files were mounted", lambda: pyodide_js.mountNodeFS("/host", os.path.dirname(${JSON.stringify(file)})))
attempt("network", "sockets of Node were had", lambda: pyodide_js.useNodeSockFS())
attempt("network", "a datagram left", lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", ${port})))
attempt("processes", "a shell was started", lambda: os.system("exit 0") == 0)
attempt("processes", "a shell was started by the C library", lambda: ctypes.CDLL(None).system(b"exit 0") == 0)
def library():
    section = b"\\x08dylink.0" + bytes([1, 4, 0, 0, 0, 0])
    with open("own.so", "wb") as out:
        out.write(b"\\0asm\\1\\0\\0\\0" + bytes([0, len(section)]) + section)
    ctypes.CDLL("/work/own.so")
attempt("javascript", "a library of the program was loaded", library)
print("tried everything")
`,
  judge: (result) => {
    const whole = result.status === 'ok' && result.stdout.endsWith('tried everything\n');
    return throughOf(result, ['javascript', 'runner', 'files', 'network', 'processes'], whole);
  },
};

/** Around that interface; the wall ends the interpreter, so that one program can try one way. */
const around = (code: string, what: string): Attack => ({
  code: () => `${code}\nprint("GOT IT")`,
  judge: ({ status, stdout, stderr }) =>
    held(
      status === 'error' && stderr.includes('there is none in this sandbox'),
      stdout.includes('GOT IT') || status === 'ok',
      { javascript: what },
    ),
});

/** In the other engine: nothing of Node is to be found from there. */
const byScript: Attack = {
  language: 'javascript',
  code: ({ file, token, port }) => `
const [file, token, port] = ${JSON.stringify([file, token, port])};
const tries = {
  'javascript code of the process was reached': () => [].constructor.constructor('return this')().process.binding,
  'javascript modules of Node can be had': () => require('child_process'),
  'javascript built-in modules can be had': () => process.getBuiltinModule('fs'),
  'files a file of the host was read': () => require('fs').readFileSync(file, 'utf8').includes(token) || undefined,
  'environment a variable of the host was read': () => Object.keys(process.env)[0],
  'environment the environment around was read': () => require('fs').readFileSync('/proc/self/environ'),
  'network a server was reached': () => fetch('http://127.0.0.1:' + port + '/' + token),
};
for (const [what, step] of Object.entries(tries)) {
  try { if (step() !== undefined) console.log('THROUGH ' + what); } catch {}
}
import('node:child_process').then(() => console.log('THROUGH javascript a module was imported'), () => console.log('tried everything'));
`,
  judge: (result) => {
    const whole = result.status === 'ok' && result.stdout.endsWith('tried everything\n');
    return throughOf(result, ['javascript', 'files', 'environment', 'network'], whole);
  },
};

/** What the lines of a program say; of half an attack, only what got through. */
function throughOf({ stdout }: RunResult, tried: readonly GuaranteeId[], whole: boolean): Outcomes {
  const through: Outcomes = whole ? Object.fromEntries(tried.map((id) => [id, undefined])) : {};
  for (const line of stdout.split('\n')) {
    const [, id, what] = /^THROUGH (\w+) (.+)$/.exec(line) ?? [];
    const known = tried.find((one) => one === id);
    if (known !== undefined) through[known] = through[known] ?? what;
  }
  return through;
}

/** Attacks on what is particular to the embedded sandbox: that there is JavaScript around it. */
export const realmAttacks: readonly Attack[] = [
  byInterface,
  around(
    'import pyodide.webloop\npyodide.webloop.scheduleCallback.constructor',
    'an object that Pyodide left behind was used',
  ),
  around(
    'import ctypes\nctypes.CDLL(None).emscripten_run_script(b"1")',
    'code was made from a string by the C library',
  ),
  byScript,
];
