import path from 'node:path';
import type { RunRecord } from '../core/record.ts';

/** The folder of a run's artifacts; undefined for an id that names another place than one below `artifacts`. */
export function artifactsOf(artifacts: string, runId: string): string | undefined {
  return /^\w[\w-]*$/.test(runId) ? path.join(artifacts, runId) : undefined;
}

/**
 * The record with the artifacts that lie in its run's own folder. The database is a file like others:
 * whoever changed it must not have the editor open, copy or show what lies elsewhere.
 */
export function withOwnArtifacts(record: RunRecord, artifacts: string): RunRecord {
  const { result } = record;
  if (result === undefined || result.artifacts.length === 0) return record;
  const folder = artifactsOf(artifacts, record.runId);
  const own = result.artifacts.filter(
    (artifact) => folder !== undefined && path.resolve(artifact.path).startsWith(folder + path.sep),
  );
  return own.length === result.artifacts.length
    ? record
    : { ...record, result: { ...result, artifacts: own } };
}
