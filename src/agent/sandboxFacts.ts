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
    languageFacts(status),
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

function where(status: SandboxStatus): string {
  switch (status.sandbox.backend) {
    case 'docker':
      return isOwnImage(status)
        ? "Python 3 on Linux in an image of the person's own; third-party packages may be missing. If an import fails, use the standard library."
        : 'Python 3 on Linux. With matplotlib use the Agg backend.';
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

const ownImageNote =
  '; JavaScript and TypeScript only where that image has Node 24, shell only where it has bash';

/** The languages that it runs, and which of ours it does not. */
export function languageFacts(status: SandboxStatus): string {
  const here = languagesOf(kindOf(status.sandbox));
  const absent = languages.filter((language) => !here.includes(language));
  const without = absent.length === 0 ? '' : `; not ${labelsOf(absent, ' or ')}`;
  const note = isOwnImage(status) ? ownImageNote : languageNotes[status.sandbox.backend];
  return `Languages: ${labelsOf(here, ', ')}${without}${note}.`;
}

/** An image of the person's own: of ours the packages are known. */
function isOwnImage(status: SandboxStatus): boolean {
  return status.available && status.sandbox.backend === 'docker' && status.packages === undefined;
}
