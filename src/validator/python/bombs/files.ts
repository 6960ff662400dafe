import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';

/** More files than a sandbox lets a run make. */
const manyFiles = 1_000_000;

const makers = new Set(
  `os.mkdir os.makedirs os.mkfifo os.mknod os.link os.symlink tempfile.mkdtemp tempfile.mkstemp tempfile.mktemp
  pathlib.Path.touch pathlib.Path.mkdir pathlib.Path.write_text pathlib.Path.write_bytes pathlib.Path.symlink_to
  pathlib.Path.hardlink_to shutil.copy shutil.copy2 shutil.copyfile shutil.copytree`.split(/\s+/),
);

/** Files that are made in each round of a loop that has too many. */
export function checkFileFlood(m: Machine, path: string, mode: string, node: SyntaxNode): void {
  if (m.repeats <= manyFiles) return;
  if (path === 'builtins.open' || path === 'io.open') {
    if (/[wax]/.test(mode))
      m.report('bomb.threads', node, `Opens a file for writing in each of ${m.repeats} rounds`);
  } else if (makers.has(path)) {
    m.report('bomb.threads', node, `Makes a file or folder in each of ${m.repeats} rounds`);
  }
}
