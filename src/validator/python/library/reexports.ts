import { reexportTable } from './reexportTable.ts';

/** Short names that the packages of the table have for each other. */
const shortNames: Readonly<Record<string, string>> = {
  mpl: 'matplotlib',
  np: 'numpy',
  pd: 'pandas',
  sp: 'scipy',
};

/** Lines of the table by module; a line is read when its module is asked for. */
let lines: Map<string, string> | undefined;
/** Modules by package and last name: `matplotlib.pyplot.cbook` is the module `matplotlib.cbook`. */
const byLastName = new Map<string, string>();
const read = new Map<string, ReadonlyMap<string, string>>();

/** What `name` is in the module `path`, when it was imported there under another name. */
export function reexported(path: string, name: string): string | undefined {
  lines ??= load();
  const last = path.slice(path.lastIndexOf('.') + 1);
  const known = lines.has(path)
    ? path
    : path.includes('.')
      ? (byLastName.get(`${path.slice(0, path.indexOf('.'))}.${last}`) ?? shortNames[last])
      : undefined;
  return known === undefined ? undefined : namesOf(known)?.get(name);
}

function load(): Map<string, string> {
  const result = new Map<string, string>();
  for (const line of reexportTable.split('\n')) {
    const at = line.indexOf(':');
    if (at < 0) continue;
    const module = line.slice(0, at);
    result.set(module, line.slice(at + 2));
    const [top] = module.split('.');
    byLastName.set(`${top}.${module.slice(module.lastIndexOf('.') + 1)}`, module);
  }
  return result;
}

function namesOf(module: string): ReadonlyMap<string, string> | undefined {
  let names = read.get(module);
  const line = lines?.get(module);
  if (names === undefined && line !== undefined) {
    names = new Map(
      line.split(' ').map((word): [string, string] => {
        const [name = word, target = name.replace(/^_/, '')] = word.split('=');
        return [name, target];
      }),
    );
    read.set(module, names);
  }
  return names;
}
