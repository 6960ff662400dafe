import { z } from 'zod';
import { deciders } from '../core/decision.ts';
import { severities, verdicts } from '../core/finding.ts';
import { sandboxKinds } from '../core/guarantees.ts';
import { languages } from '../core/language.ts';
import { origins } from '../core/proposal.ts';
import type { RunRecord } from '../core/record.ts';
import { runStatuses } from '../core/run.ts';

const severity = z.enum(severities);
const range = z.object({
  startLine: z.number(),
  startColumn: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
});
const finding = z.object({
  rule: z.string(),
  severity,
  range,
  message: z.string(),
  route: z.array(z.string()),
  hint: z.string().optional(),
});
const decision = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    hash: z.string(),
    by: z.enum(deciders),
    inSpiteOfFindings: z.boolean().optional(),
    forConversation: z.boolean().optional(),
    editedFrom: z.string().optional(),
  }),
  z.object({
    kind: z.literal('reject'),
    reason: z.string().optional(),
    editedFrom: z.string().optional(),
  }),
  z.object({ kind: z.literal('unsuited'), reason: z.string() }),
]);
const counts = z.object({ stdout: z.number(), stderr: z.number() });
const result = z.object({
  runId: z.string(),
  status: z.enum(runStatuses),
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
  interrupted: z.boolean().optional(),
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.object({ stdout: z.boolean(), stderr: z.boolean() }),
  outputBytes: counts,
  value: z.string().optional(),
  artifacts: z.array(z.object({ name: z.string(), mime: z.string(), bytes: z.number(), path: z.string() })),
  fullOutput: z.array(z.object({ stream: z.enum(['stdout', 'stderr']), path: z.string() })).optional(),
  notices: z.array(z.string()),
  metrics: z.object({
    wallMs: z.number(),
    cpuMs: z.number(),
    peakMemoryBytes: z.number(),
    queueMs: z.number(),
    startMs: z.number(),
  }),
  sandbox: z.object({
    backend: z.enum(['docker', 'wasm', 'process']),
    runtime: z.string(),
    image: z.string(),
    digest: z.string(),
    engine: z.string().optional(),
    reason: z.string().optional(),
  }),
  missingPackage: z.string().optional(),
  message: z.string().optional(),
});

const record = z.object({
  runId: z.string(),
  proposalId: z.string(),
  at: z.number(),
  origin: z.enum(origins),
  language: z.enum(languages),
  title: z.string(),
  purpose: z.string(),
  code: z.string(),
  hash: z.string(),
  sandbox: z.enum(sandboxKinds).optional(),
  stdin: z.string().optional(),
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
  threadId: z.string().optional(),
  rerunOf: z.string().optional(),
  sessionId: z.string().optional(),
  report: z.object({ verdict: z.enum(verdicts), findings: z.array(finding) }),
  decision,
  result: result.optional(),
});

/** Reads a stored record; a row that something else wrote or damaged gives undefined, not a crash. */
export function parseRecord(json: string): RunRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const parsed = record.safeParse(value);
  // zod's optional keys admit undefined, which JSON can't hold, so the exact type is safe here.
  return parsed.success ? (parsed.data as RunRecord) : undefined;
}
