import { readFile } from 'node:fs/promises';
import type { PolicySettings } from '../../policyValidator.ts';
import { parsePolicy, parseWorkspacePolicy } from '../../validator/policy/policySchema.ts';
import type { GlobalFlags } from '../globalFlags.ts';
import { UsageError } from '../usageError.ts';

/**
 * The validator's policy: what the settings give, over it `--policy FILE` (the JSON of the
 * `glovebox.validator.*` settings, without that prefix), over both `--preset`. What can't be understood is a
 * fault of the command line.
 */
export async function readPolicy(
  flags: Pick<GlobalFlags, 'policyFile' | 'preset' | 'settingsFile'>,
  given: PolicySettings,
): Promise<PolicySettings> {
  const { settingsFile, policyFile } = flags;
  if (settingsFile !== undefined) {
    refuse(`glovebox.validator in ${settingsFile}`, parsePolicy(given.machine).problem);
    refuse(`glovebox.validator.workspace in ${settingsFile}`, parseWorkspacePolicy(given.workspace).problem);
  }
  const written = policyFile === undefined ? {} : await readJson(policyFile);
  if (policyFile !== undefined) refuse(policyFile, parsePolicy(written).problem);
  const preset = flags.preset === undefined ? {} : { preset: flags.preset };
  return { ...given, machine: { ...(given.machine as object), ...(written as object), ...preset } };
}

function refuse(what: string, problem: string | undefined): void {
  if (problem !== undefined) throw new UsageError(`${what} is no policy: ${problem}`);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`The policy ${file} can't be read: ${(error as Error).message}.`);
  }
}
