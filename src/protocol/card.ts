import * as z from 'zod/mini';
import { deciders } from '../core/decision.ts';
import { severities, verdicts } from '../core/finding.ts';
import { runStatuses } from '../core/run.ts';

const list = <T extends z.core.SomeType>(item: T) => z.readonly(z.array(item));
const text = z.string();
const count = z.number();

/** The end of a stream that the page shows; what came before it is only counted. */
export const tailSchema = z.object({ text, dropped: count });
export type Tail = z.infer<typeof tailSchema>;

export const findingSchema = z.object({
  rule: text,
  severity: z.enum(severities),
  range: z.object({ startLine: count, startColumn: count, endLine: count, endColumn: count }),
  message: text,
  route: list(text),
  hint: z.exactOptional(text),
});

export const artifactSchema = z.object({
  name: text,
  mime: text,
  bytes: count,
  /** Address for an `img`, for images that are small enough. */
  src: z.exactOptional(text),
});
export type CardArtifact = z.infer<typeof artifactSchema>;

export const outcomeSchema = z.object({
  runId: text,
  status: z.enum(runStatuses),
  exitCode: z.nullable(count),
  signal: z.nullable(text),
  /** By the person, and it ended by that. */
  interrupted: z.exactOptional(z.boolean()),
  truncated: z.object({ stdout: z.boolean(), stderr: z.boolean() }),
  outputBytes: z.object({ stdout: count, stderr: count }),
  /** Streams that are whole in a file, which the host can open. */
  fullOutput: z.exactOptional(list(z.enum(['stdout', 'stderr']))),
  value: z.exactOptional(text),
  notices: list(text),
  /** Can be fetched for the sandbox, and the program did not find it. */
  missingPackage: z.exactOptional(text),
  message: z.exactOptional(text),
  metrics: z.object({
    wallMs: count,
    cpuMs: count,
    peakMemoryBytes: count,
    queueMs: count,
    startMs: count,
  }),
  /** `reason`: why it ran in this one. */
  sandbox: z.object({ backend: text, runtime: text, image: text, reason: z.exactOptional(text) }),
});
export type CardOutcome = z.infer<typeof outcomeSchema>;

/**
 * Where a proposal stands. `drafting`: the model still writes it; `waiting`: a person has to decide;
 * `lapsed`: nobody decided before the window closed.
 */
export const cardStatusSchema = z.enum([
  'drafting',
  'waiting',
  'starting',
  'running',
  'ended',
  'rejected',
  'lapsed',
]);

/** A proposal in the conversation, from its first word to its result. Its id is the proposal's. */
export const cardSchema = z.object({
  kind: z.literal('card'),
  id: text,
  title: text,
  purpose: text,
  language: text,
  code: text,
  /** What an approval has to name; empty while the code is not complete. */
  hash: text,
  /** `asked`: the model wants to read it and the person has not attached it. */
  files: list(z.object({ name: text, bytes: count, asked: z.boolean() })),
  verdict: z.enum(verdicts),
  findings: list(findingSchema),
  status: cardStatusSchema,
  /** Who let it run, and whether in spite of findings. */
  approval: z.exactOptional(z.enum([...deciders, 'insisted'])),
  /** The person has changed the code since the model proposed it. */
  edited: z.exactOptional(z.boolean()),
  /** A changed copy of the code is open in the editor while the question is. */
  editing: z.exactOptional(z.boolean()),
  reason: z.exactOptional(text),
  progress: z.exactOptional(text),
  stdout: tailSchema,
  stderr: tailSchema,
  artifacts: list(artifactSchema),
  outcome: z.exactOptional(outcomeSchema),
});
export type Card = z.infer<typeof cardSchema>;
