import { readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { isSecretPath } from '../../core/secretPath.ts';

/** Where a Python says that it lives. */
export interface PythonPlaces {
  readonly executable: string;
  /** The first two numbers of its version. */
  readonly series: string;
  /** Of a virtual environment, its folder and that of the Python it was made with. */
  readonly homes: readonly string[];
  /** Of modules: the standard library and packages. */
  readonly libraries: readonly string[];
}

/** What stands in a folder that is there for Python alone. */
const own = /^(bin|include|lib|lib64|share|man|etc|pyvenv\.cfg|\.gitignore|\.lock|CACHEDIR\.TAG)$/;
/** What programs of conda look for beside its programs and libraries. */
const ofConda = ['lib64', 'share', 'libexec', 'plugins', 'etc/fonts'];
const ofPython = ['lib64', 'share/zoneinfo', 'share/terminfo'];
const mostLinks = 40;

/**
 * Files and folders that this Python can't do without. Never the folder in which it lives: a virtual
 * environment may have been made in a project, beside its secrets.
 */
export async function pythonParts({ executable, series, homes, libraries }: PythonPlaces): Promise<string[]> {
  const links = await linksFrom(executable);
  const last = path.dirname(path.dirname(links.at(-1) ?? executable));
  const found = await Promise.all([...new Set([...homes, last])].map(async (home) => ofHome(home, series)));
  const parts = [...libraries, ...found.flat()];
  const single = links.filter((link) => !parts.some((part) => link.startsWith(`${part}/`)));
  return [...new Set([...parts, ...single])];
}

async function ofHome(home: string, series: string): Promise<string[]> {
  const names = await namesIn(home);
  const [bin, lib] = [path.join(home, 'bin'), path.join(home, 'lib')];
  const below = (some: readonly string[]): string[] => some.map((name) => path.join(home, name));
  const alone = names.every((name) => own.test(name));
  const programs = alone ? await withoutSecrets(bin) : await matching(bin, /^python/);
  if (names.includes('pyvenv.cfg')) return [...below(['pyvenv.cfg']), ...programs];
  if (!(await namesIn(lib)).includes(`python${series}`)) return [];
  if (names.includes('conda-meta')) {
    const folders = ['bin', 'lib', ...ofConda];
    return (await Promise.all(below(folders).map(withoutSecrets))).flat();
  }
  const libraries = alone
    ? await withoutSecrets(lib)
    : [path.join(lib, `python${series}`), ...(await matching(lib, /^lib.*\.so/))];
  return [...programs, ...libraries, ...below(ofPython)];
}

/** The folder; where something in it may be a secret by its name, what else is in it. */
async function withoutSecrets(folder: string): Promise<string[]> {
  const names = await namesIn(folder);
  const open = names.filter((name) => !isSecretPath(name));
  return open.length === names.length ? [folder] : open.map((name) => path.join(folder, name));
}

async function matching(folder: string, pattern: RegExp): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => pattern.test(name)).map((name) => path.join(folder, name));
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** The path itself and all that it leads through, up to what is no link. */
async function linksFrom(name: string): Promise<string[]> {
  const seen = [name];
  for (let at = name; seen.length < mostLinks;) {
    const to = await readlink(at).catch(() => undefined);
    if (to === undefined) break;
    at = path.resolve(path.dirname(at), to);
    seen.push(at);
  }
  return seen;
}
