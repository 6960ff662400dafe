import { neutralLine } from '../output/controlText.ts';

export interface HealthRow {
  readonly label: string;
  readonly detail?: string;
}

/** What fits into a row of a list at its usual width. */
const rowLength = 72;

/** One check as rows of a list, which wraps nothing and cuts what is too long. */
export function healthRows(check: {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}): readonly HealthRow[] {
  const [first = '', ...more] = lines(neutralLine(check.detail, 600));
  const head = { label: `$(${check.ok ? 'pass' : 'warning'}) ${check.name}`, detail: first };
  return [head, ...more.map((line) => ({ label: `$(blank) ${line}` }))];
}

/** Cut between words; one word that is longer than a row has a row of its own. */
function lines(text: string): readonly string[] {
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= rowLength)
      found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  return found;
}
