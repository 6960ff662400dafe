import { defaultLimits, type Limits } from './core/limits.ts';
import type { ApprovalMode } from './core/policy.ts';
import { defaultDockerSettings, type DockerSettings } from './executors/docker/settings.ts';

import type { PolicySettings } from './policyValidator.ts';

export type SandboxChoice = 'auto' | 'docker' | 'wasm' | 'process';

export interface ModelSettings {
  readonly model: string;
  /** Any endpoint that speaks the Messages API; undefined: Anthropic's own. */
  readonly baseUrl: string | undefined;
  readonly temperature: number;
  readonly maxTokens: number;
  /** Extended thinking; absent or 0: off. */
  readonly thinkingTokens?: number;
  /** What one conversation may cost; absent or 0: no limit. */
  readonly spendingCapUsd?: number;
  /** How long the agent may work on one request. */
  readonly turnSeconds: number;
  /** How long a reply may be silent before it counts as broken. */
  readonly silenceSeconds: number;
}

/** The local process sandbox. */
export interface ProcessSettings {
  /** Name or path of the Python that runs code there; empty: `python3`. */
  readonly python: string;
}

/** Everything a person can set, whichever door they come through. */
export interface AppSettings {
  readonly model: ModelSettings;
  readonly approval: ApprovalMode;
  readonly sandbox: SandboxChoice;
  readonly limits: Limits;
  readonly docker: DockerSettings;
  readonly process: ProcessSettings;
  /** What the settings say to the validator, as it was found; absent: nothing. */
  readonly policy?: PolicySettings;
}

export const defaultModel: ModelSettings = {
  model: 'claude-sonnet-4-6',
  baseUrl: undefined,
  temperature: 0.3,
  maxTokens: 8192,
  thinkingTokens: 0,
  spendingCapUsd: 0,
  turnSeconds: 900,
  silenceSeconds: 120,
};

export const defaultSettings: AppSettings = {
  model: defaultModel,
  approval: 'always-ask',
  sandbox: 'auto',
  limits: defaultLimits,
  docker: defaultDockerSettings,
  process: { python: '' },
};
