// Writes the table of guarantees into the pages that show it; with --check it only says whether they are
// up to date.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { guaranteeTable } from '../src/core/guarantees.ts';

const begin = '<!-- guarantees: written by scripts/guaranteeDocs.ts -->';
const end = '<!-- end of guarantees -->';

for (const page of ['README.md', 'ARCHITECTURE.md']) {
  const file = path.join(import.meta.dirname, '..', page);
  const found = await readFile(file, 'utf8');
  const [before, rest] = found.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${page} has no place for the table.`);
  const wanted = `${before}${begin}\n\n${guaranteeTable()}\n\n${end}${after}`;
  if (found === wanted) continue;
  if (process.argv.includes('--check')) {
    console.error(`The guarantees in ${page} differ from the table: run \`node scripts/guaranteeDocs.ts\`.`);
    process.exitCode = 1;
  } else await writeFile(file, wanted);
}
