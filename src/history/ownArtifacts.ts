import path from 'node:path';
import type { RunRecord } from '../core/record.ts';

/** The folder of a run's artifacts; undefined for an id that names another place than one below `artifacts`. */
export function artifactsOf(artifacts: string, runId: string): string | undefined {
  return /^\w[\w-]*$/.test(runId) ? path.join(artifacts, runId) : undefined;
}

/**
 * The record with the files that lie in its run's own folder. The database is a file like others:
 * whoever changed it must not have the editor open, copy or show what lies elsewhere.
 */
export function withOwnArtifacts(record: RunRecord, artifacts: string): RunRecord {
  const { result } = record;
  if (result === undefined) return record;
  const folder = artifactsOf(artifacts, record.runId);
  const isOwn = (file: { readonly path: string }): boolean =>
    folder !== undefined && path.resolve(file.path).startsWith(folder + path.sep);
  const { fullOutput = [], ...rest } = result;
  const own = fullOutput.filter(isOwn);
  return {
    ...record,
    result: {
      ...rest,
      artifacts: result.artifacts.filter(isOwn),
      ...(own.length === 0 ? {} : { fullOutput: own }),
    },
  };
}
