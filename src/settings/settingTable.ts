import * as z from 'zod/mini';
import { defaultLimits } from '../core/limits.ts';

/**
 * `machine` settings are never read from a workspace: they decide what a hostile folder could do, or
 * where the key is sent.
 */
export interface SettingRow<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly default: T;
  readonly scope: 'machine' | 'window';
}

const row = <T>(schema: z.ZodMiniType<T>, scope: 'machine' | 'window', value: NoInfer<T>): SettingRow<T> => ({
  schema,
  scope,
  default: value,
});
const whole = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most));
const moduleName = z.string().check(z.regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/));
const severities = z.record(z.string(), z.enum(['block', 'warn', 'info', 'off']));
/** A workspace may only tighten; the validator's own policy sees to that. */
const workspacePolicy = z.strictObject({
  preset: z.optional(z.enum(['strict', 'balanced', 'permissive'])),
  severities: z.optional(severities),
  deniedModules: z.optional(z.array(z.string())),
  deniedCalls: z.optional(z.array(z.string())),
});
const httpAddress = z.union([z.literal(''), z.url({ protocol: /^https?$/ })]);

const MiB = 1024 * 1024;

/** Every setting, without the prefix, for the editor and the terminal. A test holds the manifest equal. */
export const settingTable = {
  model: row(z.string().check(z.minLength(1)), 'window', 'claude-sonnet-4-6'),
  baseUrl: row(httpAddress, 'machine', ''),
  temperature: row(z.number().check(z.gte(0), z.lte(1)), 'window', 0.3),
  maxTokens: row(whole(256, 128_000), 'window', 8192),
  thinkingTokens: row(whole(0, 64_000), 'window', 0),
  spendingLimit: row(z.number().check(z.gte(0), z.lte(10_000)), 'machine', 0),
  turnSeconds: row(whole(1, 86_400), 'window', 900),
  silenceSeconds: row(whole(1, 3600), 'window', 120),
  approval: row(z.enum(['always-ask', 'ask-on-findings']), 'machine', 'always-ask'),
  openPreview: row(z.enum(['on-proposal', 'on-demand']), 'window', 'on-proposal'),
  sandbox: row(z.enum(['auto', 'docker', 'wasm', 'process']), 'machine', 'auto'),
  'limits.timeoutSeconds': row(
    z.number().check(z.gte(1), z.lte(3600)),
    'machine',
    defaultLimits.wallMs / 1000,
  ),
  'limits.memoryMb': row(whole(64, 65_536), 'machine', defaultLimits.memoryBytes / MiB),
  'limits.cpuShares': row(whole(2, 262_144), 'machine', defaultLimits.cpuShares),
  'limits.cpus': row(z.number().check(z.gte(0.1), z.lte(64)), 'machine', defaultLimits.cpus),
  'limits.pids': row(whole(16, 4096), 'machine', defaultLimits.pids),
  'limits.outputMb': row(whole(1, 1024), 'machine', defaultLimits.outputTotalBytes / MiB),
  'validator.preset': row(z.enum(['strict', 'balanced', 'permissive']), 'machine', 'balanced'),
  'validator.severities': row(severities, 'machine', {}),
  'validator.allowedModules': row(z.array(z.string()), 'machine', []),
  'validator.allowedCalls': row(z.array(z.string()), 'machine', []),
  'validator.deniedModules': row(z.array(z.string()), 'machine', []),
  'validator.deniedCalls': row(z.array(z.string()), 'machine', []),
  'validator.allowedPaths': row(z.array(z.string()), 'machine', []),
  'validator.workspace': row(workspacePolicy, 'window', {}),
  'docker.poolSize': row(whole(0, 5), 'machine', 3),
  'docker.preload': row(z.array(moduleName), 'machine', ['numpy', 'pandas', 'matplotlib.pyplot']),
  'docker.runtime': row(z.string().check(z.regex(/^[A-Za-z0-9._-]*$/)), 'machine', ''),
  'docker.packages': row(z.array(z.string()), 'machine', []),
  'docker.image': row(z.string(), 'machine', ''),
  'docker.caFile': row(z.string(), 'machine', ''),
  'docker.host': row(z.string(), 'machine', ''),
  'docker.context': row(z.string(), 'machine', ''),
  'docker.maxConcurrent': row(whole(1, 64), 'machine', 16),
  'process.python': row(z.string(), 'machine', ''),
} as const;

export type SettingName = keyof typeof settingTable;
export type SettingValue<N extends SettingName> = (typeof settingTable)[N]['default'];
