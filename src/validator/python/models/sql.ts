import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { text } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import { looksLikeFile } from './pathNames.ts';
import { checkPath } from './pathRules.ts';

/** Statements that open a file of which they spell the name. */
const opens =
  /\b(?:attach\s+(?:database\s+)?|vacuum\s+into\s+|copy\s+.*?\b(?:to|from)\s+)(?:'([^']*)'|"([^"]*)")/is;
/** Functions and places of a query where a database that reads files takes the name of one. */
const reads = /\b(?:from|join|(?:read|scan|glob|parquet|sniff)_?\w*\s*\(\s*\[?)\s*'([^']*)'/gi;

/** SQL that opens another file or loads native code. */
export function checkSql(m: Machine, statement: Value | undefined, node: SyntaxNode): void {
  for (const atom of statement ?? []) {
    if (atom.kind !== 'text') continue;
    const file = opens.exec(atom.text);
    if (file) checkPath(m, text(file[1] ?? file[2] ?? ''), node, 'SQL opens');
    for (const [, name = ''] of atom.text.matchAll(reads))
      if (looksLikeFile(name)) checkPath(m, text(name), node, 'SQL reads');
    if (/\bload_extension\s*\(/i.test(atom.text)) m.report('native.load', node, 'Loads native code from SQL');
    if (/\b(xp_cmdshell|copy\b.*\bprogram)\b/is.test(atom.text))
      m.report('process.spawn', node, 'Starts a process from SQL');
  }
}
