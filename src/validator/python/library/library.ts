import { dataTables } from './dataTables.ts';
import { executionTables } from './executionTables.ts';
import { fileTables } from './fileTables.ts';
import { interpreterTables } from './interpreterTables.ts';
import type { ModuleTable } from './moduleTable.ts';
import { networkTables } from './networkTables.ts';
import { packageTables } from './packageTables.ts';
import { remembered } from './remembered.ts';
import { twinTables } from './twinTables.ts';

/** What the tables say about one dotted name. */
export interface Entry {
  readonly callRule: string | undefined;
  readonly readRule: string | undefined;
  /** Places of the arguments that are paths. */
  readonly paths: readonly number[];
  readonly makes: string | undefined;
}

interface Compiled {
  readonly exact: Map<
    string,
    { callRule?: string; readRule?: string; paths?: readonly number[]; makes?: string }
  >;
  readonly globs: {
    pattern: RegExp;
    callRule?: string;
    readRule?: string;
    paths?: readonly number[];
    makes?: string;
  }[];
  readonly except: Set<string>;
  readonly exceptGlobs: RegExp[];
}

const written: readonly ModuleTable[] = [
  ...executionTables,
  ...interpreterTables,
  ...fileTables,
  ...networkTables,
  ...dataTables,
  ...packageTables,
  ...twinTables,
];
const tables = written.flatMap((table) => [
  table,
  ...words(table.alike).map((module) => ({ ...table, module, aliases: '' })),
]);
const byModule = new Map(tables.map((table) => [table.module, table]));
const aliases = new Map<string, string>();
for (const table of tables) for (const alias of words(table.aliases)) aliases.set(alias, table.module);

const packages = new Set([...byModule.keys(), ...aliases.keys()].map((path) => path.split('.', 1)[0]));

function words(list: string | undefined): string[] {
  return list === undefined ? [] : list.split(/\s+/).filter((word) => word !== '');
}

/** Tables that were compiled; programs ask for few of them. */
const compiled = new Map<ModuleTable, Compiled>();

function compiledOf(module: string): Compiled | undefined {
  const table = byModule.get(module);
  if (table === undefined) return undefined;
  let made = compiled.get(table);
  if (made === undefined) compiled.set(table, (made = compile(table)));
  return made;
}

function compile(table: ModuleTable): Compiled {
  const result: Compiled = { exact: new Map(), globs: [], except: new Set(), exceptGlobs: [] };
  const put = (name: string, facts: Omit<Compiled['globs'][number], 'pattern'>): void => {
    if (name.includes('*')) result.globs.push({ pattern: glob(name), ...facts });
    else result.exact.set(name, { ...result.exact.get(name), ...facts });
  };
  for (const [rule, names] of Object.entries(table.calls ?? {}))
    for (const name of words(names)) put(name, { callRule: rule });
  for (const [rule, names] of Object.entries(table.reads ?? {}))
    for (const name of words(names)) put(name, { readRule: rule });
  for (const [type, names] of Object.entries(table.makes ?? {}))
    for (const name of words(names)) put(name, { makes: type });
  for (const word of words(table.paths)) {
    const [, name = word, mark, count = '1'] = /^(.*?)(?:([/@])(\d+))?$/.exec(word) ?? [];
    const places =
      mark === '@' ? Array.from(count, Number) : Array.from({ length: Number(count) }, (_, at) => at);
    put(name, { paths: places });
  }
  for (const name of words(table.except)) {
    if (name.includes('*')) result.exceptGlobs.push(glob(name));
    else result.except.add(name);
  }
  return result;
}

function glob(name: string): RegExp {
  return new RegExp(`^${name.replace(/[.+()[\]]/g, '\\$&').replaceAll('*', '.*')}$`);
}

/** The name under which the tables know a module or what is in it. */
export const canonical = remembered((path: string): string => {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const known = aliases.get(path.slice(0, end));
    if (known !== undefined) return known + path.slice(end);
  }
  return path;
});

const nothingKnown: Entry = { callRule: undefined, readRule: undefined, paths: [], makes: undefined };

/** What the tables say of a dotted name; the table of the longest module name comes first. */
export const entryOf = remembered((path: string): Entry => {
  let found = nothingKnown;
  for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
    const table = compiledOf(path.slice(0, end));
    if (!table) continue;
    const name = path.slice(end + 1);
    const here = lookUp(table, name);
    found = {
      callRule: found.callRule ?? here.callRule,
      readRule: found.readRule ?? here.readRule,
      paths: found.paths.length > 0 ? found.paths : here.paths,
      makes: found.makes ?? here.makes,
    };
  }
  return found;
});

function lookUp(table: Compiled, name: string): Entry {
  const exact = table.exact.get(name);
  let { callRule, readRule, paths, makes } = exact ?? {};
  if (!table.except.has(name) && !table.exceptGlobs.some((pattern) => pattern.test(name))) {
    for (const facts of table.globs) {
      if (!facts.pattern.test(name)) continue;
      callRule ??= facts.callRule;
      readRule ??= facts.readRule;
      paths ??= facts.paths;
      makes ??= facts.makes;
    }
  }
  return { callRule, readRule, paths: paths ?? [], makes };
}

/** Whether calling this is a finding whatever the arguments are. */
export function isCallRule(path: string): boolean {
  return entryOf(path).callRule !== undefined;
}

/** The rule that importing a module breaks by itself. */
export function importRule(path: string): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const rule = byModule.get(path.slice(0, end))?.importing;
    if (rule !== undefined) return rule;
  }
  return undefined;
}

/** Whether any table speaks of a package. */
export function isTabled(top: string): boolean {
  return packages.has(top);
}

/** Modules of which no attribute may be taken by a computed name. */
export function isGuarded(path: string): boolean {
  return byModule.get(path)?.guarded === true;
}

/** Functions of a module that break a rule when called, by the last part of their name. */
export function dangerousNames(module: string): (name: string) => boolean {
  return (name) => isCallRule(`${module}.${name}`) || entryOf(`${module}.${name}`).readRule !== undefined;
}

/** The modules that have a table. */
export function tableModules(): string[] {
  return [...byModule.keys()];
}
