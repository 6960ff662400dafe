import type { InputFile } from '../../core/proposal.ts';

export interface FoundFiles {
  readonly files: readonly InputFile[];
  /** Names of those that are no longer to be had. */
  readonly missing: readonly string[];
}

/**
 * The files that went with an earlier request: as they were sent in this window, wherever they came
 * from, and else by their names in the workspace.
 */
export async function filesOfRequest(
  names: readonly string[],
  sent: readonly InputFile[],
  resolve: (paths: readonly string[]) => Promise<readonly InputFile[]>,
): Promise<FoundFiles> {
  const found = await Promise.all(
    names.map(async (name) => sent.find((file) => file.name === name) ?? (await resolve([name]))[0] ?? name),
  );
  return {
    files: found.filter((file) => typeof file !== 'string'),
    missing: found.filter((file) => typeof file === 'string'),
  };
}
