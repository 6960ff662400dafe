import type { InputFile } from '../../core/proposal.ts';
import { mayHoldSecrets } from '../../core/secretPath.ts';
import { cleanOutput } from '../cleanOutput.ts';
import { readText } from '../readText.ts';
import { JsonScan } from './jsonScan.ts';
import { profileParquet } from './profileParquet.ts';
import { RowScan } from './rowScan.ts';
import { scanFile } from './scanFile.ts';
import { separatorOf, tableRows } from './tableRows.ts';

const sampleBytes = 256 * 1024;
const sampleRows = 200;
const mostColumns = 60;

/**
 * What a data file holds, in one or two lines for the model: columns, their types and the rows. The
 * rows themselves are not sent; code reads them. Undefined when there is nothing to say, or what it
 * holds may be secrets.
 */
export async function profileFile(
  file: InputFile,
  secrets: readonly string[] = [],
): Promise<string | undefined> {
  const about = await profileOf(file).catch(() => undefined);
  // Names in a file are whatever somebody wrote there.
  return about === undefined ? undefined : cleanOutput(about, 3000, secrets).replace(/\s+/g, ' ');
}

async function profileOf(file: InputFile): Promise<string | undefined> {
  // Without a line of names the first row would be told as one.
  if (mayHoldSecrets(file)) return undefined;
  const ending = /\.(parquet|pq|csv|tsv|json|jsonl|ndjson)$/i.exec(file.name)?.[1]?.toLowerCase();
  if (ending === undefined) return undefined;
  if (ending === 'parquet' || ending === 'pq') return profileParquet(file);
  const sample = await readText(file, sampleBytes);
  if (sample === undefined || sample.text.trim() === '') return undefined;
  switch (ending) {
    case 'csv':
    case 'tsv':
      return table(file, sample, ending === 'tsv' ? '\t' : separatorOf(sample.text));
    case 'json':
      return sample.cut ? largeJson(file, sample.text) : smallJson(sample.text);
    default:
      return records(file, sample.text);
  }
}

interface Sample {
  readonly text: string;
  readonly cut: boolean;
}

async function table(file: InputFile, { text, cut }: Sample, separator: string): Promise<string | undefined> {
  const [names, ...rows] = tableRows(text, separator, sampleRows + 1, cut);
  if (names === undefined) return undefined;
  const columns = names.slice(0, mostColumns).map((name, index) => {
    const kind = typeOf(rows.flatMap((row) => row[index] ?? []));
    return kind === undefined ? name : `${name} (${kind})`;
  });
  const more = names.length > mostColumns ? `, and ${names.length - mostColumns} more` : '';
  const by = separator === ',' ? '' : `, separated by ${separator === '\t' ? 'tabs' : separator}`;
  return `${await rowsOf(file, separator)}${by}; columns: ${columns.join(', ')}${more}`;
}

/** How many rows there are below the names of the columns. */
async function rowsOf(file: InputFile, separator: string): Promise<string> {
  const scan = new RowScan(separator);
  const whole = await scanFile(file, scan);
  if (scan.unclosed && whole) return `about ${scan.lines - 1} rows (some quotes are not closed)`;
  // Where the looking ended, it may have been in the middle of a row.
  return whole ? `${scan.rows - 1} rows` : `more than ${scan.rows - 2} rows`;
}

function smallJson(text: string): string | undefined {
  const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  return Array.isArray(value) ? `an array of ${value.length}; ${keysOf(value[0])}` : keysOf(value);
}

async function largeJson(file: InputFile, sample: string): Promise<string | undefined> {
  const scan = new JsonScan();
  const whole = await scanFile(file, scan);
  if (whole && !scan.ended && scan.kind !== 'other') return 'JSON that breaks off before its end';
  const count = scan.ended ? String(scan.count) : `more than ${scan.count - 1}`;
  switch (scan.kind) {
    case 'array':
      return `an array of ${count}; ${firstOf(scan, sample)}`;
    case 'object': {
      const keys = scan.keys.slice(0, mostColumns).map(([key, kind]) => `${key} (${kind})`);
      const more = scan.count > keys.length ? `, and others: ${count} in all` : '';
      return `keys: ${keys.join(', ')}${more}`;
    }
    default:
      return undefined;
  }
}

function firstOf({ first }: JsonScan, sample: string): string {
  const text = first === undefined ? '' : Buffer.from(sample).subarray(first.from, first.to).toString('utf8');
  try {
    return keysOf(JSON.parse(text));
  } catch {
    return 'they are long';
  }
}

/** One JSON text in each line. */
async function records(file: InputFile, sample: string): Promise<string | undefined> {
  const first = sample.split('\n').find((line) => line.trim() !== '') ?? '';
  const about = keysOf(JSON.parse(first));
  const scan = new RowScan('\n');
  const whole = await scanFile(file, scan);
  return `${whole ? scan.lines : `more than ${scan.lines - 1}`} records; ${about}`;
}

function keysOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `values of type ${typeof value}`;
  return `keys: ${Object.entries(value)
    .slice(0, mostColumns)
    .map(([key, inner]) => `${key} (${Array.isArray(inner) ? 'array' : typeof inner})`)
    .join(', ')}`;
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
