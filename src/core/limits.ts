/** What one run may use. Bytes are bytes, times are milliseconds. */
export interface Limits {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  /** Docker's relative weight; 1024 is one full share. */
  readonly cpuShares: number;
  /** Number of CPUs at most. */
  readonly cpus: number;
  readonly pids: number;
  /** Kept of each of stdout and stderr, head and tail together; the rest is spilled to a file. */
  readonly outputBytes: number;
  /** Past this many bytes of output in all, the run is ended with `output-limit`. */
  readonly outputTotalBytes: number;
  readonly artifactBytes: number;
  readonly artifactCount: number;
  readonly inputBytes: number;
  readonly fileBytes: number;
  readonly openFiles: number;
  readonly workBytes: number;
}

const MiB = 1024 * 1024;

/**
 * The defaults of the product. Time, memory, processor, processes and the output in all have a setting
 * (`readSettings.ts`) or a flag; the others are the same for every run.
 */
export const defaultLimits: Limits = {
  wallMs: 30_000,
  cpuMs: 60_000,
  memoryBytes: 512 * MiB,
  cpuShares: 512,
  cpus: 1,
  pids: 64,
  outputBytes: 256 * 1024,
  outputTotalBytes: 64 * MiB,
  artifactBytes: 50 * MiB,
  artifactCount: 100,
  inputBytes: 256 * MiB,
  fileBytes: 64 * MiB,
  openFiles: 256,
  workBytes: 128 * MiB,
};

/**
 * The limit of processor time, in milliseconds, that goes with one of wall time: what the processors
 * could give in it, and never less than two could.
 */
export function cpuLimitMs(wallMs: number, cpus: number): number {
  return Math.round(wallMs * Math.max(2, cpus));
}

/** The limits with another wall time, in milliseconds; the same where none is given. */
export function limitsWithin(limits: Limits, wallMs: number | undefined): Limits {
  return wallMs === undefined ? limits : { ...limits, wallMs, cpuMs: cpuLimitMs(wallMs, limits.cpus) };
}
