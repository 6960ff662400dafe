import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const question =
  'import sysconfig; print(sysconfig.get_path("stdlib")); print(sysconfig.get_path("purelib"))';

/** The folders of this machine's Python: its standard library and what is installed; none without a Python. */
export async function pythonFolders(): Promise<string[]> {
  try {
    const { stdout } = await promisify(execFile)('python3', ['-c', question]);
    const [library = '', packages = ''] = stdout.trim().split('\n');
    return packages.startsWith(library + path.sep) ? [library] : [library, packages];
  } catch {
    return [];
  }
}

/** Every Python file below the folders, in a stable order. */
export async function pythonFiles(folders: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const folder of folders)
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile() && entry.name.endsWith('.py')) files.push(path.join(entry.parentPath, entry.name));
  return files.sort();
}
