import { z } from 'zod';
import type { Report } from '../core/finding.ts';
import type { Validator } from '../core/ports.ts';
import { linesOf } from './lines.ts';
import type { Terminal } from './terminal.ts';

const line = z.object({
  id: z.union([z.string(), z.number()]),
  code: z.string(),
  language: z.enum(['python', 'javascript', 'typescript', 'shell']).default('python'),
});

/**
 * `check --stdin-jsonl`: one verdict a line for one program a line, in order, in one process. A line
 * that is not understood is answered as blocked: what can't be read can't be allowed.
 */
export async function checkStream(validator: Validator, terminal: Terminal): Promise<void> {
  for await (const text of linesOf(terminal.stdin)) {
    if (text.trim() === '' || terminal.signal.aborted) continue;
    terminal.out(`${JSON.stringify(await answer(text, validator))}\n`);
  }
}

async function answer(text: string, validator: Validator): Promise<Report & { id: string | number | null }> {
  const parsed = parse(text);
  if (parsed.success)
    return { id: parsed.data.id, ...(await validator.check(parsed.data.language, parsed.data.code)) };
  return {
    id: null,
    verdict: 'block',
    findings: [
      {
        rule: 'input',
        severity: 'block',
        range: { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 },
        message: `This line is not {"id", "code"}: ${parsed.why}`,
        route: [],
      },
    ],
  };
}

function parse(text: string) {
  try {
    const { data, error } = line.safeParse(JSON.parse(text));
    return data === undefined
      ? ({ success: false, why: z.prettifyError(error) } as const)
      : ({ success: true, data } as const);
  } catch (error) {
    return { success: false, why: (error as Error).message } as const;
  }
}
