import { cpuLimitMs, defaultLimits, type Limits } from '../core/limits.ts';
import type { ApprovalMode } from '../core/policy.ts';
import { settingTable, type SettingName, type SettingRow, type SettingValue } from './settingTable.ts';

/** What a person can set, in the units of the code. */
export interface Settings {
  readonly model: {
    readonly model: string;
    readonly baseUrl: string | undefined;
    readonly temperature: number;
    readonly maxTokens: number;
    readonly thinkingTokens: number;
    readonly spendingCapUsd: number;
    readonly turnSeconds: number;
    readonly silenceSeconds: number;
  };
  readonly approval: ApprovalMode;
  readonly openPreview: 'on-proposal' | 'on-demand';
  readonly sandbox: 'auto' | 'docker' | 'wasm' | 'process';
  readonly limits: Limits;
  /** As it was found: the policy parses it, and is strict about what it does not understand. */
  readonly policy: { readonly machine: unknown; readonly workspace: unknown };
  readonly docker: {
    readonly poolSize: number;
    readonly preload: string[];
    readonly runtime: string;
    readonly packages: string[];
    readonly customImage: string;
    readonly caFile: string;
    readonly host: string;
    readonly context: string;
    readonly maxConcurrent: number;
    readonly idleSeconds: number;
    readonly sessionIdleSeconds: number;
  };
  readonly process: { readonly python: string };
}

export interface SettingsRead {
  readonly settings: Settings;
  /** Names of settings whose value can't be used; their default is used instead. */
  readonly unusable: readonly SettingName[];
}

/** Reads every setting through its schema, because `settings.json` may hold anything. */
export function readSettings(get: (name: SettingName) => unknown): SettingsRead {
  const unusable: SettingName[] = [];
  const value = <N extends SettingName>(name: N): SettingValue<N> => {
    const row: SettingRow<SettingValue<N>> = settingTable[name];
    const given = get(name);
    if (given === undefined) return row.default;
    const parsed = row.schema.safeParse(given);
    if (parsed.success) return parsed.data;
    unusable.push(name);
    return row.default;
  };
  /** A policy that can't be used must not become the default one, which may allow more. */
  const asGiven = (name: SettingName): unknown => {
    value(name);
    return get(name) ?? settingTable[name].default;
  };
  const baseUrl = value('baseUrl');
  const wallMs = Math.round(value('limits.timeoutSeconds') * 1000);
  const settings: Settings = {
    model: {
      model: value('model'),
      baseUrl: baseUrl === '' ? undefined : baseUrl,
      temperature: value('temperature'),
      maxTokens: value('maxTokens'),
      thinkingTokens: value('thinkingTokens'),
      spendingCapUsd: value('spendingLimit'),
      turnSeconds: value('turnSeconds'),
      silenceSeconds: value('silenceSeconds'),
    },
    approval: value('approval'),
    openPreview: value('openPreview'),
    limits: {
      ...defaultLimits,
      wallMs,
      cpuMs: cpuLimitMs(wallMs, value('limits.cpus')),
      memoryBytes: value('limits.memoryMb') * 1024 * 1024,
      cpuShares: value('limits.cpuShares'),
      cpus: value('limits.cpus'),
      pids: value('limits.pids'),
      outputTotalBytes: value('limits.outputMb') * 1024 * 1024,
    },
    sandbox: value('sandbox'),
    policy: {
      machine: {
        preset: asGiven('validator.preset'),
        severities: asGiven('validator.severities'),
        allowedModules: asGiven('validator.allowedModules'),
        allowedCalls: asGiven('validator.allowedCalls'),
        deniedModules: asGiven('validator.deniedModules'),
        deniedCalls: asGiven('validator.deniedCalls'),
        allowedPaths: asGiven('validator.allowedPaths'),
      },
      workspace: asGiven('validator.workspace'),
    },
    docker: {
      poolSize: value('docker.poolSize'),
      preload: [...value('docker.preload')],
      runtime: value('docker.runtime'),
      packages: [...value('docker.packages')],
      customImage: value('docker.image'),
      caFile: value('docker.caFile'),
      host: value('docker.host'),
      context: value('docker.context'),
      maxConcurrent: value('docker.maxConcurrent'),
      idleSeconds: 600,
      sessionIdleSeconds: 1800,
    },
    process: { python: value('process.python') },
  };
  return { settings, unusable };
}
