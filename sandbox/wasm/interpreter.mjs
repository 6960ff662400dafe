// Loads the interpreter: from a memory snapshot where there is one, else from its files.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { wallAround } from './wall.mjs';

export const WORK = '/work';
export const OUTPUTS = '/work/outputs';
const RUNNER = '/opt/glovebox/runner';
const shared = ['python_code.py', 'figures.py', 'places.py', 'warmup.py'];

/** Modules of the standard library that waiting interpreters have imported already. */
const warm =
  'ast bisect collections contextlib copy csv dataclasses datetime decimal enum fractions functools hashlib heapq io itertools json linecache math operator os pathlib random re statistics string struct sys tempfile textwrap time traceback typing unicodedata'.split(
    ' ',
  );

/** Reads the snapshot and refuses one that is not what was made. */
function snapshotOf(config) {
  if (config.snapshot === undefined) return undefined;
  const bytes = readFileSync(config.snapshot.file);
  if (createHash('sha256').update(bytes).digest('hex') === config.snapshot.sha256) return bytes;
  throw new Error('the snapshot is not the one that was made');
}

/** Gives Pyodide with the runner's modules importable, the work folder made, and a wall to be closed. */
export async function loadInterpreter(config, output) {
  const snapshot = snapshotOf(config);
  const load = (name) => import(pathToFileURL(path.join(config.pyodide, name)).href);
  const [{ loadPyodide }, { default: createModule }] = await Promise.all(
    ['pyodide.mjs', 'pyodide.asm.mjs'].map(load),
  );
  const wall = wallAround(createModule);
  const pyodide = await loadPyodide({
    createPyodideModule: wall.create,
    indexURL: config.pyodide + path.sep,
    jsglobals: {},
    packageCacheDir: config.packages,
    ...(config.lock === undefined ? {} : { lockFileContents: readFileSync(config.lock, 'utf8') }),
    env: {
      HOME: WORK,
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      MPLBACKEND: 'agg',
      GLOVEBOX_OUTPUTS: OUTPUTS,
      PYTHONDONTWRITEBYTECODE: '1',
    },
    ...(snapshot === undefined ? {} : { _loadSnapshot: snapshot }),
    ...(config.make ? { _makeSnapshot: true } : {}),
  });
  const { FS } = pyodide;
  for (const folder of [WORK, OUTPUTS, `${RUNNER}/backends`]) FS.mkdirTree(folder);
  copyModules(FS, path.join(config.sandbox, 'runner'), RUNNER, shared);
  copyModules(
    FS,
    path.join(config.sandbox, 'runner', 'backends'),
    `${RUNNER}/backends`,
    readdirSync(path.join(config.sandbox, 'runner', 'backends')).filter((name) => name.endsWith('.py')),
  );
  copyModules(FS, path.join(config.sandbox, 'wasm'), RUNNER, ['job.py', 'noscript.py']);
  FS.chdir(WORK);
  if (snapshot === undefined)
    pyodide.runPython(`import sys; sys.path[:0] = ["${WORK}", "${RUNNER}"]; import job, ${warm.join(', ')}`);
  if (config.make) return { pyodide };
  pyodide.setStdout({ write: output.stdout });
  pyodide.setStderr({ write: output.stderr });
  pyodide.setStdin({ read: output.stdin, isatty: false });
  const job = pyodide.pyimport('job');
  const missing = job.prepare(pyodide.toPy(config.preload)).toJs();
  const { _Py_IncRef: keep, PyProxy_getPtr: addressOf } = pyodide._module;
  const runAt = addressOf(job.run);
  keep(runAt);
  return { pyodide, missing, runAt, closeWall: wall.close };
}

function copyModules(FS, from, to, names) {
  for (const name of names) FS.writeFile(`${to}/${name}`, readFileSync(path.join(from, name)));
}
