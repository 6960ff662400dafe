import { reply, runCode, say, type Turn } from './script.ts';

/** A program of the person's with a mistake in it: the file has no such column. */
export const failingScript = `import csv

total = 0.0
with open("sales.csv") as source:
    for row in csv.DictReader(source):
        total += float(row["amount"])
print(f"Total {total:,.2f}")
`;

const wrong = 'float(row["amount"])';
const right = 'float(row["units"]) * float(row["price"])';

/**
 * "Why does this script fail on my file": reads it, runs it as it is, runs it mended, and proposes the
 * change. `results`: of every call so far, in their order.
 */
export function failingScriptStory(results: readonly string[]): Turn {
  const last = results.at(-1) ?? '';
  switch (results.length) {
    case 0:
      return reply([
        { type: 'text', text: 'I will read the script.' },
        { type: 'tool_use', name: 'read_file', input: { path: 'report.py' } },
      ]);
    case 1:
      return runCode('It adds up a column. I will run it as it is.', {
        code: failingScript,
        purpose: 'Run report.py as it is',
        files: ['sales.csv'],
      });
    case 2:
      if (!last.includes("KeyError: 'amount'")) return say(`There was no error: ${last.slice(0, 200)}`);
      return runCode('The file has no column "amount", but units and price. I will multiply those.', {
        code: failingScript.replace(wrong, right),
        purpose: 'Run report.py with units times price',
        files: ['sales.csv'],
      });
    case 3:
      return reply([
        { type: 'text', text: 'That works. I propose the change of the file.' },
        {
          type: 'tool_use',
          name: 'propose_edit',
          input: {
            path: 'report.py',
            purpose: 'Multiply units and price: there is no column "amount"',
            edits: [{ find: wrong, replace: right }],
          },
        },
      ]);
    default: {
      const total = results.map((result) => /Total ([\d,.]+)/.exec(result)?.[1]).find((found) => found);
      const changed = last.startsWith('status: ok') ? 'is changed' : 'is as it was';
      return say(
        `The script failed because there is no column "amount". The total is **${total}**; the file ${changed}.`,
      );
    }
  }
}
