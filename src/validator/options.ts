import type { Severity } from '../core/finding.ts';

/** What the policy says to the checks. Everything has a default that denies. */
export interface CheckOptions {
  /** Severity by rule id, in place of the rule's own; `off` drops the finding. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** Absolute POSIX folders that code may read and write besides the work folder. */
  readonly allowedPaths?: readonly string[];
  /** Modules (with what is below them) whose calls are never findings, e.g. `socket`. */
  readonly allowedModules?: readonly string[];
  /** Modules that may not even be imported; findings of rule `policy.denied`. */
  readonly deniedModules?: readonly string[];
  /** Dotted names such as `pickle.loads` that may be called. */
  readonly allowedCalls?: readonly string[];
  /** Dotted names that may not be called; findings of rule `policy.denied`. */
  readonly deniedCalls?: readonly string[];
}

export interface ValidatorOptions extends CheckOptions {
  /** Folder with `tree-sitter.wasm` and the `tree-sitter-<language>.wasm` grammars. */
  readonly wasmFolder: string;
}
