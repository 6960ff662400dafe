/** The sandboxes that the table of guarantees tells apart. */
export type SandboxKind = 'docker' | 'gvisor' | 'wasm' | 'process';

/** `given` and `partly` are attacked by the tests; `no` is said wherever the sandbox is shown. */
export interface Promised {
  readonly level: 'given' | 'partly' | 'no';
  /** How it is kept, or what is missing, in a few words. */
  readonly how: string;
}

export interface Guarantee {
  /** For people, as the head of a row. */
  readonly what: string;
  readonly by: Readonly<Record<SandboxKind, Promised>>;
}

export const sandboxKinds: readonly SandboxKind[] = ['docker', 'gvisor', 'wasm', 'process'];

export const kindNames: Readonly<Record<SandboxKind, string>> = {
  docker: 'Docker',
  gvisor: 'Docker with gVisor',
  wasm: 'embedded (WebAssembly)',
  process: 'local process (Linux)',
};

const given = (how: string): Promised => ({ level: 'given', how });
const partly = (how: string): Promised => ({ level: 'partly', how });
const no = (how: string): Promised => ({ level: 'no', how });

/** What each sandbox guarantees: the one source for the tests, the self-test, the pages and the prompt. */
export const guarantees = {
  files: {
    what: 'host files',
    by: {
      docker: given('not there'),
      gvisor: given('not there'),
      wasm: given('not there; the process may read its own files alone'),
      process: given('not there, but for system programs and your Python, read-only'),
    },
  },
  network: {
    what: 'network',
    by: {
      docker: given('none'),
      gvisor: given('none'),
      wasm: given('none for the program; with bubblewrap (Linux) none for its process either'),
      process: given('none'),
    },
  },
  environment: {
    what: 'environment and secrets',
    by: {
      docker: given('empty'),
      gvisor: given('empty'),
      wasm: given('empty'),
      process: given('empty; secret folders are not there'),
    },
  },
  processes: {
    what: 'host processes',
    by: {
      docker: given('own namespace'),
      gvisor: given('own kernel'),
      wasm: given('none can be started or seen'),
      process: given('own namespace'),
    },
  },
  runner: {
    what: 'who reports the results',
    by: {
      docker: given('our runner, out of the program’s reach'),
      gvisor: partly('our runner: a program can kill it, which is told, but not forge its reports'),
      wasm: partly('our part of the process that the program runs in: its reports are sealed'),
      process: given('our runner, out of the program’s reach'),
    },
  },
  javascript: {
    what: 'JavaScript around Python',
    by: {
      docker: given('there is none'),
      gvisor: given('there is none'),
      wasm: given('out of reach behind a wall; frozen, no code from strings, none of Node’s doors'),
      process: given('there is none'),
    },
  },
  time: {
    what: 'time',
    by: {
      docker: given('kept inside and from outside; between its runs a session is stopped'),
      gvisor: given('kept inside and from outside; between its runs a session is stopped'),
      wasm: given('kept from outside, by killing the process; between its runs nothing of a session runs'),
      process: given('kept inside and from outside; between its runs a session is stopped'),
    },
  },
  memory: {
    what: 'memory',
    by: {
      docker: given('kept by the kernel for the whole sandbox'),
      gvisor: given('kept by the kernel for the whole sandbox'),
      wasm: given('kept inside; from outside too on Linux'),
      process: partly(
        'kept for each process; shared only in folders with a size; the sum is watched from outside',
      ),
    },
  },
  output: {
    what: 'output and artifacts',
    by: {
      docker: given('capped'),
      gvisor: given('capped'),
      wasm: given('capped'),
      process: given('capped'),
    },
  },
  fresh: {
    what: 'reuse',
    by: {
      docker: given('never'),
      gvisor: given('never'),
      wasm: given('never'),
      process: given('never'),
    },
  },
  root: {
    what: 'read-only system',
    by: {
      docker: given('only work and temporary folders can be written'),
      gvisor: given('only work and temporary folders can be written'),
      wasm: no('not given: its files are in memory, can all be written, and end with the run'),
      process: given('only work and temporary folders can be written'),
    },
  },
  counts: {
    what: 'numbers of files, descriptors, processes',
    by: {
      docker: given('limited; on Podman, files by their bytes and not by their number'),
      gvisor: partly('processes are limited; files and descriptors as gVisor does'),
      wasm: partly('no processes; bytes of files are limited, their number is not'),
      process: given('limited'),
    },
  },
  systemCalls: {
    what: 'system calls',
    by: {
      docker: given('allow-list of our own'),
      gvisor: no("not given: gVisor's own kernel answers them"),
      wasm: no("not given: Node's permission model, bubblewrap where there is one"),
      process: given('the same allow-list'),
    },
  },
  programs: {
    what: 'processes and threads of a program',
    by: {
      docker: given('yes'),
      gvisor: given('yes'),
      wasm: no('not given: WebAssembly has none'),
      process: given('yes'),
    },
  },
  packages: {
    what: 'packages',
    by: {
      docker: given('numpy, pandas, matplotlib, and yours by `glovebox.docker.packages`'),
      gvisor: given('as Docker'),
      wasm: partly('those that Pyodide publishes, by *Glovebox: Fetch Python Packages…*'),
      process: partly('those of your Python'),
    },
  },
  languages: {
    what: 'languages',
    by: {
      docker: given('Python, JavaScript, TypeScript, shell'),
      gvisor: given('Python, JavaScript, TypeScript, shell'),
      wasm: partly('Python; JavaScript with `fs` and `path` alone of Node’s modules'),
      process: partly('Python, shell; JavaScript and TypeScript with your Node 24'),
    },
  },
} as const satisfies Record<string, Guarantee>;

export type GuaranteeId = keyof typeof guarantees;

/** Every guarantee with its id, in the order in which they are shown. */
export function allGuarantees(): readonly (Guarantee & { readonly id: GuaranteeId })[] {
  return (Object.keys(guarantees) as GuaranteeId[]).map((id) => ({ id, ...guarantees[id] }));
}

/** The table for README and ARCHITECTURE. */
export function guaranteeTable(): string {
  const cells = (first: string, rest: readonly string[]): string => `| ${[first, ...rest].join(' | ')} |`;
  const head = cells(
    '',
    sandboxKinds.map((kind) => kindNames[kind]),
  ).replace('|  |', '| |');
  const rows = allGuarantees().map(({ what, by }) =>
    cells(
      what,
      sandboxKinds.map((kind) => by[kind].how),
    ),
  );
  return [head, `|${' --- |'.repeat(sandboxKinds.length + 1)}`, ...rows].join('\n');
}
