// Writes the table of what Python modules offer of other modules, out of the Pythons that are named:
//   node scripts/reexports.ts python3.13 python3.12 venv/bin/python+
// A plus sign at the end asks it for the packages of `packages.ts`, in place of the standard library.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { byName, leaky } from '../src/validator/python/library/leaks.ts';
import { canonical, entryOf, tableModules } from '../src/validator/python/library/library.ts';
import { lookedAt } from '../src/validator/python/library/packages.ts';

type Offered = Record<string, Record<string, [kind: 'module' | 'function' | 'own', target: string]>>;

const script = path.join(import.meta.dirname, 'reexports/introspect.py');
const file = path.join(import.meta.dirname, '../src/validator/python/library/reexportTable.ts');
const known = [...tableModules(), 'pathlib'];

const all = new Map<string, Map<string, [kind: string, target: string]>>();
for (const python of process.argv.slice(2)) {
  const packages = python.endsWith('+') ? lookedAt : [];
  const args = [...(packages.length > 0 ? [] : ['-I', '-S']), script, JSON.stringify(known), ...packages];
  const text = execFileSync(python.replace(/\+$/, ''), args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  for (const [module, names] of Object.entries(JSON.parse(text) as Offered)) {
    const here = all.get(canonical(module)) ?? new Map<string, [kind: string, target: string]>();
    all.set(canonical(module), here);
    for (const [name, what] of Object.entries(names))
      if (here.get(name) === undefined || here.get(name)?.[0] === 'own') here.set(name, what);
  }
}

/** Modules from which something that matters can be reached. */
const matters = new Set(known.map(canonical));
for (let before = -1; before !== matters.size;) {
  before = matters.size;
  for (const [module, names] of all)
    if (
      [...names.values()].some(
        ([kind, to]) => kind === 'function' || (kind === 'module' && matters.has(canonical(to))),
      )
    )
      matters.add(module);
}

function judged(name: string): boolean {
  const entry = entryOf(name);
  return entry.callRule !== undefined || entry.paths.length > 0 || /^pathlib\.(Posix)?Path$/.test(name);
}

function wanted(module: string, name: string, kind: string, to: string): boolean {
  const full = canonical(`${module}.${name}`);
  const samePackage = module.split('.')[0] === to.split('.')[0];
  if (kind === 'own' || to === full || to === module || byName(module, name) === to) return false;
  if (kind === 'module') {
    const capital = /\.[A-Z]\w*$/.test(to);
    // Deeper down, the names of modules speak for themselves.
    if (lookedAt.includes(to.split('.')[0] ?? to)) return capital && !samePackage;
    return matters.has(to) && !(samePackage && name === to.split('.').at(-1));
  }
  const here = entryOf(full);
  const there = entryOf(to);
  if (!judged(to) || here.callRule !== undefined) return false;
  return there.callRule !== undefined || (here.paths.length === 0 && !samePackage);
}

const lines: string[] = [];
for (const [module, names] of [...all].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const words: string[] = [];
  for (const [name, [kind, raw]] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const to = canonical(raw);
    if (wanted(module, name, kind, to)) words.push(name.replace(/^_/, '') === to ? name : `${name}=${to}`);
    const part = kind === 'own' || (kind === 'module' && raw === `${module}.${name}`);
    if (part && leaky.has(name.replace(/^_+/, '')) && byName(module, name) !== undefined)
      console.error(`${module}.${name} is a part of its own: add it to \`own\` in leaks.ts`);
  }
  if (words.length > 0) lines.push(`${module}: ${words.join(' ')}`);
}
writeFileSync(
  file,
  `/* eslint-disable max-lines -- one table */
/**
 * What modules offer of other modules under names that do not say so, one module in a line; a name
 * alone is that of the module. Written by \`scripts/reexports.ts\`.
 */
export const reexportTable = \`
${lines.join('\n')}
\`;
`,
);
