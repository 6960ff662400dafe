import { z } from 'zod';
import { rules } from '../rules.ts';

const names = z.array(z.string().trim().min(1).max(200)).max(500);

/** A name with dots, such as `socket` or `pickle.loads`. */
const dotted = z
  .array(
    z
      .string()
      .trim()
      .regex(/^[\w@/-]+(\.[\w@/-]+)*$/, 'Write a module or call with dots, such as pickle.loads'),
  )
  .max(500);

/** An absolute folder. Climbing paths would let a prefix mean something else than it says. */
const folders = names.pipe(
  z.array(
    z
      .string()
      .startsWith('/', 'Write an absolute folder, such as /data')
      .refine((folder) => !folder.split('/').includes('..'), 'A folder may not contain ".."'),
  ),
);

export const severityChoices = ['block', 'warn', 'info', 'off'] as const;
export const presets = ['strict', 'balanced', 'permissive'] as const;

const ruleIds = new Set(rules.map((rule) => rule.id));

const severities = z.record(
  z.string().refine((id) => ruleIds.has(id), 'There is no rule of this name'),
  z.enum(severityChoices),
);

/**
 * What the settings of the machine may say to the validator. Unknown keys and rules are refused with
 * a reason: a typing error in a policy must not silently mean "anything goes".
 */
export const policySchema = z.strictObject({
  preset: z.enum(presets).default('balanced'),
  /** Severity by rule id, in place of the preset's. */
  severities: severities.default({}),
  /** Modules and calls that are never findings. */
  allowedModules: dotted.default([]),
  allowedCalls: dotted.default([]),
  /** Modules and calls that are refused whatever else is said. */
  deniedModules: dotted.default([]),
  deniedCalls: dotted.default([]),
  /** Absolute folders that code may read and write besides the work folder. */
  allowedPaths: folders.default([]),
});

/** What a workspace may say: it comes with the files, so it has no way to allow anything. */
export const workspacePolicySchema = z.strictObject({
  preset: z.enum(presets).optional(),
  severities: severities.default({}),
  deniedModules: dotted.default([]),
  deniedCalls: dotted.default([]),
});

export type Policy = z.infer<typeof policySchema>;
export type WorkspacePolicy = z.infer<typeof workspacePolicySchema>;
export type Preset = (typeof presets)[number];
export type SeverityChoice = (typeof severityChoices)[number];

/** The policy when nothing is configured. */
export const defaultPolicy: Policy = policySchema.parse({});

/** A policy to use, and why the settings were not understood where they were not. */
export interface ParsedPolicy<P> {
  readonly policy: P;
  readonly problem?: string;
}

/** Reads the machine's settings. What can't be understood means the strict preset. */
export function parsePolicy(settings: unknown): ParsedPolicy<Policy> {
  const parsed = policySchema.safeParse(settings ?? {});
  if (parsed.success) return { policy: parsed.data };
  return { policy: { ...defaultPolicy, preset: 'strict' }, problem: z.prettifyError(parsed.error) };
}

/** Reads a workspace's settings. What can't be understood means the strict preset, too. */
export function parseWorkspacePolicy(settings: unknown): ParsedPolicy<WorkspacePolicy> {
  const parsed = workspacePolicySchema.safeParse(settings ?? {});
  if (parsed.success) return { policy: parsed.data };
  const strict = { preset: 'strict' as const, severities: {}, deniedModules: [], deniedCalls: [] };
  return { policy: strict, problem: z.prettifyError(parsed.error) };
}
