import type { DiffLine } from '../../protocol/permission.ts';

export interface LineDiff {
  readonly lines: readonly DiffLine[];
  readonly added: number;
  readonly removed: number;
  /** Changed lines are left out, because there are too many. */
  readonly cut: boolean;
}

const around = 3;
const mostLines = 400;
/** Past this the middle is shown as replaced in whole: a table of all pairs would be too large. */
const mostPairs = 4_000_000;

/** What changes from one text to another, line by line, with a few lines around. */
export function lineDiff(before: string, after: string): LineDiff {
  const old = linesOf(before);
  const fresh = linesOf(after);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  )
    tail += 1;
  const middle = compare(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail));
  const all: DiffLine[] = [
    ...old.slice(0, head).map(same),
    ...middle,
    ...old.slice(old.length - tail).map(same),
  ];
  const count = (sign: DiffLine['sign']): number => middle.filter((line) => line.sign === sign).length;
  const lines = withGaps(all);
  const changed = (some: readonly DiffLine[]): number =>
    some.filter(({ sign }) => sign === 'added' || sign === 'removed').length;
  const cut = changed(lines) < changed(all);
  return { lines, added: count('added'), removed: count('removed'), cut };
}

const same = (text: string): DiffLine => ({ sign: 'same', text });
const added = (text: string): DiffLine => ({ sign: 'added', text });
const removed = (text: string): DiffLine => ({ sign: 'removed', text });

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** By the longest common subsequence. */
function compare(old: readonly string[], fresh: readonly string[]): DiffLine[] {
  if (old.length * fresh.length > mostPairs) return [...old.map(removed), ...fresh.map(added)];
  const width = fresh.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        old[i] === fresh[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    const one = old[i];
    const other = fresh[j];
    if (one !== undefined && one === other) {
      lines.push(same(one));
      i += 1;
      j += 1;
    } else if (
      other === undefined ||
      (one !== undefined && (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0))
    ) {
      lines.push(removed(one ?? ''));
      i += 1;
    } else {
      lines.push(added(other));
      j += 1;
    }
  }
  return lines;
}

/** Leaves out what is far from every change, and what is too much to look at on a card. */
function withGaps(all: readonly DiffLine[]): DiffLine[] {
  const near = new Uint8Array(all.length);
  for (const [index, line] of all.entries())
    if (line.sign !== 'same') near.fill(1, Math.max(0, index - around), index + around + 1);
  const kept: DiffLine[] = [];
  let left = 0;
  const gap = (): void => {
    if (left > 0) kept.push({ sign: 'gap', text: String(left) });
    left = 0;
  };
  for (const [index, line] of all.entries()) {
    if (near[index] === 1 && kept.length < mostLines) {
      gap();
      kept.push(line);
    } else left += 1;
  }
  gap();
  return kept;
}
