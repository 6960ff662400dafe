import { addAbortSignal } from 'node:stream';
import { z } from 'zod';
import type { Report } from '../core/finding.ts';
import { languages } from '../core/language.ts';
import type { Validator } from '../core/ports.ts';
import { linesOf } from './lines.ts';
import type { Terminal } from './terminal.ts';

const line = z.object({
  id: z.union([z.string(), z.number()]),
  code: z.string(),
  language: z.enum(languages).default('python'),
});

/**
 * `check --stdin-jsonl`: one verdict a line for one program a line, in order, in one process. A line
 * that is not understood is answered as blocked: what can't be read can't be allowed.
 */
export async function checkStream(validator: Validator, terminal: Terminal): Promise<void> {
  try {
    for await (const text of linesOf(addAbortSignal(terminal.signal, terminal.stdin))) {
      if (text.trim() !== '') terminal.out(`${JSON.stringify(await answer(text, validator))}\n`);
      if (terminal.signal.aborted) return;
    }
  } catch (error) {
    if (!terminal.signal.aborted) throw error;
  }
}

async function answer(text: string, validator: Validator): Promise<Report & { id: string | number | null }> {
  const parsed = parse(text);
  if (parsed.success)
    return { id: parsed.data.id, ...(await validator.check(parsed.data.language, parsed.data.code)) };
  return {
    id: parsed.id,
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

/** Who sent a line finds its answer by the id, also where nothing else of it makes sense. */
const named = z.object({ id: z.union([z.string(), z.number()]) });

function parse(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    const { data, error } = line.safeParse(value);
    if (data !== undefined) return { success: true, data } as const;
    const id = named.safeParse(value).data?.id ?? null;
    return { success: false, id, why: z.prettifyError(error) } as const;
  } catch (error) {
    return { success: false, id: null, why: (error as Error).message } as const;
  }
}
