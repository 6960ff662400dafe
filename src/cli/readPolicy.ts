import { readFile } from 'node:fs/promises';
import type { PolicySettings } from '../policyValidator.ts';
import { parsePolicy } from '../validator/policy/policySchema.ts';
import type { GlobalFlags } from './globalFlags.ts';
import { UsageError } from './usageError.ts';

/**
 * The validator's policy by `--policy FILE` (the JSON of the `glovebox.validator.*` settings, without
 * that prefix) and `--preset`, which wins. What can't be understood is a fault of the command line.
 */
export async function readPolicy(flags: Pick<GlobalFlags, 'policyFile' | 'preset'>): Promise<PolicySettings> {
  const file = flags.policyFile;
  const written = file === undefined ? {} : await readJson(file);
  const { problem } = parsePolicy(written);
  if (problem !== undefined) throw new UsageError(`${file ?? 'The policy'} is no policy: ${problem}`);
  const machine = flags.preset === undefined ? written : { ...(written as object), preset: flags.preset };
  return { machine, workspace: {} };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`The policy ${file} can't be read: ${(error as Error).message}.`);
  }
}
