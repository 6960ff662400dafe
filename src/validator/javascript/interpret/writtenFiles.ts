import path from 'node:path';
import type { SyntaxNode } from '../../parse/tree.ts';
import type { Severity } from '../../../core/finding.ts';
import type { WrittenCode } from '../../sighting.ts';
import type { Flow } from '../values.ts';
import { ofKind } from './callBack.ts';
import type { FileWrite } from './files.ts';
import type { Machine } from './machine.ts';
import type { Call, Walk } from './walk.ts';

const mostFiles = 200;
const mostTold = 5;

/** Notes what a call puts into files whose names are known. */
export function noteFiles(walk: Walk, called: string, call: Call): void {
  const [, name = ''] =
    /^(?:node:fs(?:\/promises)?|fs-extra|graceful-fs)\.(\w+?)(?:Sync)?$/.exec(called) ?? [];
  const { files } = walk.machine;
  const note = (contents: Flow | undefined, appends: boolean): void => {
    for (const file of named(call.args[0]))
      if (files.writes.size < mostFiles)
        files.writes.set(`${file} ${call.node.start}`, { node: call.node, file, contents, appends });
  };
  switch (name) {
    case 'writeFile':
    case 'outputFile':
      note(call.args[1], false);
      break;
    case 'appendFile':
      note(call.args[1], true);
      break;
    case 'createWriteStream':
      note(undefined, true);
      break;
    case 'open':
      if (ofKind(call.args[1], 'text').some((flag) => /[wa+]/.test(flag.text))) note(undefined, true);
      break;
    case 'rename':
    case 'copyFile':
    case 'cp':
    case 'copy':
    case 'move':
    case 'link':
    case 'symlink':
      for (const file of named(call.args[1])) {
        if (files.copies.size >= mostFiles) break;
        const from = files.copies.get(file) ?? new Set();
        files.copies.set(file, from);
        for (const source of named(call.args[0])) from.add(source);
      }
  }
}

/** Notes that a module is loaded. */
export function noteRun(machine: Machine, name: string, node: SyntaxNode): void {
  const { runs } = machine.files;
  const file = plain(name);
  if (!runs.has(file) && runs.size < mostFiles) runs.set(file, node);
}

/** Checks what the program writes into files that it then loads as code. */
export function checkWrittenFiles(machine: Machine, written: WrittenCode): void {
  for (const [module, node] of machine.files.runs) {
    if (module.endsWith('.json')) continue;
    const writes = writesOf(machine, module);
    machine.spend(writes.length);
    const appended = writes.some((write) => write.appends);
    if (appended) tellText(machine, written, node, writes, whole(writes));
    for (const write of writes) {
      if (write.appends) continue;
      for (const text of textsIn(write)) tellText(machine, written, node, [write], text);
    }
  }
}

/** What a file may hold; undefined for what only the run knows. */
function textsIn({ contents }: FileWrite): (string | undefined)[] {
  if (contents === undefined) return [undefined];
  return [...contents].map((value) => (value.kind === 'text' && !value.open ? value.text : undefined));
}

/** One text of all pieces in the order in which they stand in the program. */
function whole(writes: readonly FileWrite[]): string | undefined {
  const pieces = [...writes].sort((a, b) => a.node.start - b.node.start).map(textsIn);
  if (pieces.some((texts) => texts.length !== 1 || texts[0] === undefined)) return undefined;
  return pieces.flat().join('');
}

function writesOf(machine: Machine, module: string): FileWrite[] {
  const { writes, copies } = machine.files;
  const wanted = new Set<string>();
  const waiting = [module];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    machine.spend(1);
    if (wanted.has(file)) continue;
    wanted.add(file);
    for (const [copy, sources] of copies) if (isModule(copy, file)) waiting.push(...sources);
  }
  return [...writes.values()].filter((write) => {
    machine.spend(wanted.size);
    return [...wanted].some((file) => isModule(write.file, file));
  });
}

/** Whether loading a module of that name may load that file. */
function isModule(file: string, module: string): boolean {
  if (file === module) return true;
  const rest = file.startsWith(module) ? file.slice(module.length) : undefined;
  if (rest !== undefined && /^(\.[cm]?[jt]s|\/index\.[cm]?[jt]s)$/.test(rest)) return true;
  const inside = `node_modules/${module}`;
  return file === `${inside}.js` || (file.startsWith(`${inside}/`) && /\.[cm]?[jt]s$/.test(file));
}

function tellText(
  machine: Machine,
  written: WrittenCode,
  run: SyntaxNode,
  writes: readonly FileWrite[],
  code: string | undefined,
): void {
  const [first] = writes;
  if (first === undefined) return;
  const way = `\`${first.file}\`, written at line ${machine.lineOf(first.node)}, loaded at line ${machine.lineOf(run)}`;
  const tell = ({ start, end }: SyntaxNode, rule: string, message: string, severity?: Severity): void => {
    const key = `${rule} written ${start} ${message}`;
    const sighting = { rule, start, end, message, route: [way] };
    machine.sightings.set(key, severity === undefined ? sighting : { ...sighting, severity });
  };
  // Whatever the program itself is, its grammar reads JavaScript.
  const found =
    code === undefined
      ? undefined
      : (written.sightingsIn('javascript', code) ?? written.sightingsIn('typescript', code));
  if (found === undefined || found.some((one) => one.rule === 'syntax')) {
    tell(run, 'code.eval', 'This loads code that the program writes and that cannot be checked', 'warn');
    return;
  }
  for (const { rule, message, severity } of found.slice(0, mostTold))
    tell(first.node, rule, `In the code that this writes: ${message}`, severity);
}

/** Names of files as they are compared: from the work folder, without what may be left out. */
function named(flow: Flow | undefined): string[] {
  return ofKind(flow, 'text')
    .filter((value) => !value.open && value.text.length < 500)
    .map((value) => plain(value.text));
}

function plain(name: string): string {
  return path.posix.normalize(name.replace(/^file:(\/\/)?/, '')).replace(/^\.\//, '');
}
