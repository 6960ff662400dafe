import type { Row } from './benchPart.ts';

interface Report {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly rows: readonly Row[];
  readonly ratios: Readonly<Record<string, number>>;
  readonly left?: readonly string[];
}

/** The figures for people, on stdout. */
export function printTable({ machine, rows, ratios, left }: Report): void {
  const about = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  const lines = [about.join(' · '), ''];
  lines.push(line('case', 'who', 'n', 'p50', 'p95', ''));
  for (const row of rows) {
    lines.push(line(row.case, row.who, String(row.n), figure(row.p50), figure(row.p95), row.unit ?? 'ms'));
  }
  lines.push('');
  for (const [name, value] of Object.entries(ratios)) lines.push(`${name.padEnd(28)} ${figure(value)}×`);
  for (const reason of left ?? []) lines.push(`left out: ${reason}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

function line(name: string, who: string, n: string, p50: string, p95: string, unit: string): string {
  return `${name.padEnd(24)} ${who.padEnd(20)} ${n.padStart(4)} ${p50.padStart(10)} ${p95.padStart(10)} ${unit}`;
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
