import { rules } from '../rules.ts';
import type { Policy, SeverityChoice, WorkspacePolicy } from './policySchema.ts';
import { presetSeverity, severityOf, stricter } from './severityOf.ts';

/**
 * Joins the policy of the machine with what a workspace asks for. The workspace comes from whoever
 * wrote the files in it, so it can deny more and block more, and never allow more.
 */
export function tighten(machine: Policy, workspace: WorkspacePolicy): Policy {
  const severities: Record<string, SeverityChoice> = {};
  for (const { id } of rules) severities[id] = stricter(severityOf(machine, id), wish(workspace, id));
  return {
    // Every rule has its severity written out, so the preset says no more than where it came from.
    preset: machine.preset,
    severities,
    allowedModules: narrowed(machine.allowedModules, workspace.deniedModules),
    allowedCalls: narrowed(machine.allowedCalls, [...workspace.deniedCalls, ...workspace.deniedModules]),
    allowedPaths: machine.allowedPaths,
    deniedModules: union(machine.deniedModules, workspace.deniedModules),
    deniedCalls: union(machine.deniedCalls, workspace.deniedCalls),
  };
}

/** What a workspace wants a rule to be; `off` where it says nothing, as nothing is milder. */
function wish(workspace: WorkspacePolicy, rule: string): SeverityChoice {
  const preset = workspace.preset === undefined ? 'off' : presetSeverity(workspace.preset, rule);
  return workspace.severities[rule] ?? preset;
}

function narrowed(allowed: readonly string[], denied: readonly string[]): string[] {
  return allowed.filter((name) => !denied.some((other) => name === other || name.startsWith(`${other}.`)));
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}
