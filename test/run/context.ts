/** What every step of a test run gets. */
export interface RunContext {
  readonly root: string;
  /** Environment of everything that the run starts; its `TMPDIR` has to be empty in the end. */
  readonly env: NodeJS.ProcessEnv;
  /** For the runner's own files. */
  readonly stateFolder: string;
  readonly signal: AbortSignal;
  /** Where what a step prints goes. */
  readonly show: (text: string | Uint8Array) => void;
  /** No suite may take longer. */
  readonly limitMs: number;
}
