import type { InputFile } from '../core/proposal.ts';
import { cleanOutput } from './cleanOutput.ts';
import { profileParquet } from './profileParquet.ts';
import { readText } from './readText.ts';

const sampleBytes = 256 * 1024;
const mostColumns = 60;

/**
 * What a data file holds, in one or two lines for the model: columns, their types and the rows. The
 * rows themselves are not sent; code reads them. Undefined when there is nothing to say.
 */
export async function profileFile(file: InputFile): Promise<string | undefined> {
  if (/\.(parquet|pq)$/i.test(file.name)) return bounded(await profileParquet(file).catch(() => undefined));
  const ending = /\.(csv|tsv|json|jsonl|ndjson)$/i.exec(file.name)?.[1]?.toLowerCase();
  if (ending === undefined) return undefined;
  const read = await readText(file, sampleBytes).catch(() => undefined);
  if (read === undefined || read.text.trim() === '') return undefined;
  const about = ending.endsWith('sv') ? table(read, ending) : records(read, ending);
  return bounded(about);
}

/** Names in a file are whatever somebody wrote there. */
function bounded(about: string | undefined): string | undefined {
  return about === undefined ? undefined : cleanOutput(about, 3000).replace(/\s+/g, ' ');
}

interface Sample {
  readonly text: string;
  readonly cut: boolean;
}

function table({ text, cut }: Sample, ending: string): string | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const whole = cut ? lines.slice(0, -1) : lines;
  const head = whole[0];
  if (head === undefined) return undefined;
  const separator = ending === 'tsv' ? '\t' : mostFrequent(head, [',', ';', '\t', '|']);
  const names = cells(head, separator);
  const rows = whole.slice(1, 201).map((line) => cells(line, separator));
  const columns = names.slice(0, mostColumns).map((name, index) => {
    const kind = typeOf(rows.flatMap((row) => row[index] ?? []));
    return kind === undefined ? name : `${name} (${kind})`;
  });
  const more = names.length > mostColumns ? `, and ${names.length - mostColumns} more` : '';
  const count = cut ? `more than ${whole.length - 1} rows` : `${whole.length - 1} rows`;
  const by = separator === ',' ? '' : `, separated by ${separator === '\t' ? 'tabs' : separator}`;
  return `${count}${by}; columns: ${columns.join(', ')}${more}`;
}

function records({ text, cut }: Sample, ending: string): string | undefined {
  try {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const value: unknown = JSON.parse(ending === 'json' ? text : (lines[0] ?? ''));
    const count =
      ending === 'json' ? undefined : `${cut ? 'more than ' : ''}${lines.length - (cut ? 1 : 0)} records`;
    if (Array.isArray(value)) return `an array of ${value.length}; ${keysOf(value[0])}`;
    return [count, keysOf(value)].filter((part) => part !== undefined).join('; ');
  } catch {
    return undefined;
  }
}

function keysOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `values of type ${typeof value}`;
  return `keys: ${Object.entries(value)
    .slice(0, mostColumns)
    .map(([key, inner]) => `${key} (${Array.isArray(inner) ? 'array' : typeof inner})`)
    .join(', ')}`;
}

function mostFrequent(line: string, marks: readonly string[]): string {
  const count = (mark: string): number => line.split(mark).length;
  return marks.reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** The cells of one line; quotes keep a separator inside. */
function cells(line: string, separator: string): string[] {
  const out: string[] = [];
  let cell = '';
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      out.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...out, cell.trim()];
}

function typeOf(values: readonly string[]): string | undefined {
  const given = values.filter((value) => value !== '');
  if (given.length === 0) return undefined;
  if (given.every((value) => /^[+-]?\d+$/.test(value))) return 'integer';
  if (given.every((value) => /^[+-]?(\d+[.,]?\d*|[.,]\d+)([eE][+-]?\d+)?$/.test(value))) return 'number';
  if (given.every((value) => /^\d{4}-\d{2}-\d{2}([T ].*)?$/.test(value))) return 'date';
  if (given.every((value) => /^(true|false|yes|no)$/i.test(value))) return 'boolean';
  return 'text';
}
