import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createValidator } from '../../src/validator/createValidator.ts';
import { Parsers } from '../../src/validator/parse/parsers.ts';
import { pythonFiles, pythonFolders } from './pythonFiles.ts';

/*
 * `npm run robustness [FOLDER…]`: checks every Python file of the folders, by default the standard
 * library and the packages of this machine's Python. A fault of the check, or a time out of proportion
 * to what the grammar alone takes, ends it with 1.
 */

const sizes = [4, 16, 64, 256, Infinity];
/** Milliseconds beyond which a file counts as a hang. */
const hang = 20_000;
/** Check over bare parse of all files of a size; more for the large files than for the small ones is not linear. */
const steep = 3;

interface Bucket {
  files: number;
  bytes: number;
  milliseconds: number;
  parsing: number;
}

/** Milliseconds of processor time of this process: other work on the machine does not count. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const wasmFolder = path.join(import.meta.dirname, '../../node_modules/@vscode/tree-sitter-wasm/wasm');
const validator = createValidator({ wasmFolder });
const parsers = new Parsers(wasmFolder);
const parser = await parsers.load('python');
await validator.prepare('python');

const given = process.argv.slice(2);
const files = await pythonFiles(given.length > 0 ? given : await pythonFolders());
if (files.length === 0) throw new Error('No Python files found: name a folder, or install Python.');

const buckets: Bucket[] = sizes.map(() => ({ files: 0, bytes: 0, milliseconds: 0, parsing: 0 }));
const slow: { file: string; milliseconds: number; ratio: number }[] = [];
const faults: string[] = [];
const began = performance.now();
for (const file of files) {
  const code = await readFile(file, 'utf8');
  let start = processorTime();
  parser.parse(code)?.delete();
  const parsing = processorTime() - start;
  start = processorTime();
  const report = await validator.check('python', code);
  const milliseconds = processorTime() - start;
  const failed = report.findings.find((finding) => finding.message.startsWith('The check itself failed'));
  if (failed) faults.push(`${file}: ${failed.message}`);
  if (milliseconds > hang) faults.push(`${file}: took ${(milliseconds / 1000).toFixed(1)} s`);
  slow.push({ file, milliseconds, ratio: milliseconds / parsing });
  const bucket = buckets[sizes.findIndex((size) => code.length <= size * 1024)];
  if (!bucket) continue;
  bucket.files++;
  bucket.bytes += code.length;
  bucket.milliseconds += milliseconds;
  bucket.parsing += parsing;
}
const seconds = (performance.now() - began) / 1000;
await validator.dispose();
await parsers.dispose();

const megabytes = buckets.reduce((sum, bucket) => sum + bucket.bytes, 0) / 1e6;
console.log(
  `${files.length} files, ${megabytes.toFixed(1)} MB in ${seconds.toFixed(1)} s, reading and bare parse included:`,
);
console.log(`${(files.length / seconds).toFixed(0)} files/s, ${(megabytes / seconds).toFixed(2)} MB/s`);
console.log('\nsize        files   ms per kB   over bare parse');
const ratios: number[] = [];
for (const [at, bucket] of buckets.entries()) {
  if (bucket.files === 0) continue;
  const size = sizes[at] === Infinity ? 'larger' : `≤ ${sizes[at]} kB`;
  const ratio = bucket.milliseconds / bucket.parsing;
  ratios.push(ratio);
  const perKilobyte = (bucket.milliseconds / (bucket.bytes / 1024)).toFixed(3);
  console.log(
    `${size.padEnd(10)} ${String(bucket.files).padStart(6)} ${perKilobyte.padStart(11)} ${ratio.toFixed(1).padStart(17)}`,
  );
}
slow.sort((a, b) => b.milliseconds - a.milliseconds);
console.log('\nslowest');
for (const { file, milliseconds, ratio } of slow.slice(0, 8))
  console.log(`${milliseconds.toFixed(0).padStart(7)} ms ${ratio.toFixed(1).padStart(6)}×  ${file}`);

const [smallest = 1] = ratios;
if ((ratios.at(-1) ?? 0) > steep * Math.max(smallest, 1))
  faults.push('The largest files take out of proportion long');
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
