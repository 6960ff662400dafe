import { z } from 'zod';
import { deciders, type Decision } from '../core/decision.ts';
import { severities, verdicts, type Report } from '../core/finding.ts';
import { languages } from '../core/language.ts';
import { origins, type InputFile, type Proposal } from '../core/proposal.ts';

const position = z.number().int().min(0);

const shownReport = z.object({
  verdict: z.enum(verdicts),
  findings: z.array(
    z.object({
      rule: z.string(),
      severity: z.enum(severities),
      range: z.object({
        startLine: position,
        startColumn: position,
        endLine: position,
        endColumn: position,
      }),
      message: z.string(),
      route: z.array(z.string()),
      hint: z.string().optional(),
    }),
  ),
});

/**
 * What an interrupted tool call leaves in the checkpoint: enough to ask the same question again
 * after a restart. It holds names of files, never their contents.
 */
export const proposalQuestion = z.object({
  kind: z.literal('proposal'),
  /** How many questions about it were answered before this one. */
  answered: position.optional(),
  proposal: z.object({
    id: z.string(),
    origin: z.enum(origins),
    language: z.enum(languages),
    code: z.string(),
    purpose: z.string(),
    title: z.string(),
    sandbox: z.enum(['docker', 'gvisor', 'wasm', 'process']),
    hash: z.string(),
    files: z.array(z.object({ name: z.string(), bytes: z.number() })),
    unattachedFiles: z.array(z.string()).optional(),
    threadId: z.string().optional(),
    previousCode: z.string().optional(),
    editedFrom: z.string().optional(),
  }),
  report: shownReport,
});

export type ProposalQuestion = z.output<typeof proposalQuestion>;

export const decisionAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    hash: z.string(),
    by: z.enum(deciders),
    inSpiteOfFindings: z.boolean().optional(),
    forConversation: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('edit'), code: z.string() }),
  z.object({ kind: z.literal('reject'), reason: z.string().optional() }),
]);

/** The question about a proposal, as plain data; so many others about it were answered before. */
export function questionOf(proposal: Proposal, report: Report, answered: number): unknown {
  const { files, ...rest } = proposal;
  return {
    kind: 'proposal',
    answered,
    proposal: { ...rest, files: files.map(({ name, bytes }) => ({ name, bytes })) },
    report,
  };
}

/** The proposal of a stored question; `files` are those that can be opened now. */
export function proposalOf(
  question: ProposalQuestion,
  files: readonly InputFile[],
): { readonly proposal: Proposal; readonly report: Report } {
  const stored = withoutUndefined(question);
  const known = new Map(files.map((file) => [file.name, file]));
  return {
    report: stored.report,
    proposal: {
      ...stored.proposal,
      files: stored.proposal.files.map(
        (file) => known.get(file.name) ?? { ...file, open: () => unopenable(file.name) },
      ),
    },
  };
}

/** An answer as it is kept: an approval is for no more than the findings that were shown. */
export function answerOf(decision: Decision, shown: Report): unknown {
  return { ...decision, shown };
}

/** The findings that were shown to whoever gave this resume value; undefined where it does not tell. */
export function shownTo(value: unknown): Report | undefined {
  const parsed = z.object({ shown: shownReport }).safeParse(value);
  return parsed.success ? withoutUndefined(parsed.data).shown : undefined;
}

/** The decision in a resume value; whatever is not one rejects. */
export function decisionOf(value: unknown): Decision {
  const parsed = decisionAnswer.safeParse(value);
  return parsed.success
    ? withoutUndefined(parsed.data)
    : { kind: 'reject', reason: 'There was no readable decision. Nothing was run.' };
}

async function* unopenable(name: string): AsyncGenerator<Uint8Array> {
  yield* [];
  throw new Error(`"${name}" is not attached any more. Attach it again and ask once more.`);
}

type Defined<T> = T extends object ? { [K in keyof T]: Defined<Exclude<T[K], undefined>> } : T;

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return JSON.parse(JSON.stringify(value)) as Defined<T>;
}
