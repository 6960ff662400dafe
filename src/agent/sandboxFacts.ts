import { labelsOf, languages, languagesOf } from '../core/language.ts';
import type { Limits } from '../core/limits.ts';
import type { SandboxStatus } from '../core/ports.ts';
import type { Backend } from '../core/run.ts';
import { kindOf } from '../core/selfTest.ts';

/** What the model should know of the sandbox that its code will get. */
export function sandboxFacts(status: SandboxStatus, limits: Limits): string {
  const seconds = Math.round(limits.wallMs / 1000);
  const megabytes = Math.round(limits.memoryBytes / (1024 * 1024));
  return [
    where(status),
    `Languages: ${languagesIn(status)}.`,
    ...packagesOf(status),
    `Limits: ${seconds} s, ${megabytes} MB of memory, ${Math.round(limits.outputBytes / 1024)} kB kept of each of stdout and stderr. No network, no installing of packages.`,
    ...(status.available ? [] : [`At the moment no sandbox can be started: ${status.reason}`]),
  ].join('\n');
}

function packagesOf(status: SandboxStatus): readonly string[] {
  if (!status.available || status.packages === undefined) return [];
  return status.packages.length === 0
    ? ['Third-party packages: none. Use the standard library.']
    : [`Third-party packages: ${status.packages.join(', ')}. Import them by name.`];
}

function where({ sandbox }: SandboxStatus): string {
  switch (sandbox.backend) {
    case 'docker':
      return 'Python 3 on Linux with numpy, pandas and matplotlib (use the Agg backend).';
    case 'wasm':
      return 'Python 3 compiled to WebAssembly (Pyodide): threads and processes are missing, and so are packages other than those named here. Without matplotlib draw charts as SVG.';
    case 'process':
      return "The Python 3 of the person's own machine, confined; third-party packages may be missing. If an import fails, use the standard library.";
  }
}

/** What is to be known of a language there, behind the list. */
const languageNotes: Readonly<Record<Backend, string>> = {
  docker: '',
  wasm: '; JavaScript has fs and path alone of the modules of Node',
  process: '; JavaScript and TypeScript only where the person has Node 24',
};

function languagesIn({ sandbox }: SandboxStatus): string {
  const here = languagesOf(kindOf(sandbox));
  const absent = languages.filter((language) => !here.includes(language));
  const without = absent.length === 0 ? '' : `; not ${labelsOf(absent, ' or ')}`;
  return `${labelsOf(here, ', ')}${without}${languageNotes[sandbox.backend]}`;
}
