/** What one measured run took, in milliseconds from its submission. */
export interface Timing {
  readonly resultMs: number;
  /** Until the first byte of output; absent where there is none to wait for. */
  readonly firstByteMs?: number;
}

/** One thing that is measured again and again, in turn with the others of its part. */
export interface BenchCase {
  /** What is done, e.g. `print`; rows of the same case can be compared. */
  readonly case: string;
  /** By whom, e.g. `ours` or `docker-run`. */
  readonly who: string;
  /** One measured run. Rejects when the result is wrong, so that nothing fast but broken is counted. */
  run(): Promise<Timing>;
  /** Not measured: waits until what the run left behind no longer disturbs the next one. */
  settle?(): Promise<void>;
}

export interface Row {
  readonly case: string;
  readonly who: string;
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  /** `ms` where it is not said. */
  readonly unit?: string;
}

/** A part that is ready to be measured. */
export interface OpenPart {
  readonly cases: readonly BenchCase[];
  /** What can't be measured on this machine, and why. */
  readonly left?: readonly string[];
  /** Rows that are no repeated cases, e.g. throughput; called after the rounds. */
  moreRows?(): Promise<readonly Row[]>;
  /** Comparisons worth a name, from the rows of this part. */
  ratios?(rows: readonly Row[]): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

export interface BenchContext {
  /** Folder of the project. */
  readonly root: string;
  /** Ends within a minute in all: fewer rounds, shorter series. */
  readonly quick: boolean;
  /** Past this (`performance.now()`) nothing is begun that can be left out. */
  readonly untilMs: number;
  readonly say: (message: string) => void;
}

/**
 * A file in `parts/` exports one of these as `part`; that is all there is to do for a new one.
 * Where something it needs is missing, `open` resolves to the reason instead.
 */
export interface BenchPart {
  readonly name: string;
  /** Rounds of a full bench; 30 where it is not said. */
  readonly rounds?: number;
  /** Its share of the minute of a quick bench, in seconds; 10 where it is not said. */
  readonly quickSeconds?: number;
  open(context: BenchContext): Promise<OpenPart | string>;
}
