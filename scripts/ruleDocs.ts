// Writes docs/rules.md out of the rule table; with --check it only says whether the page is up to date.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ruleDocs } from '../src/validator/ruleDocs.ts';
import { rules } from '../src/validator/rules.ts';

const file = path.join(import.meta.dirname, '../docs/rules.md');
const wanted = ruleDocs(rules);

if (process.argv.includes('--check')) {
  const found = await readFile(file, 'utf8').catch(() => '');
  if (found !== wanted) {
    console.error('docs/rules.md differs from the rule table: run `node scripts/ruleDocs.ts`.');
    process.exitCode = 1;
  }
} else {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, wanted);
}
