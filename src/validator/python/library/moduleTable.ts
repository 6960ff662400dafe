/**
 * What one module offers that matters. Names are separated by blanks; `*` stands for any characters.
 * A name may have dots: `Path.read_text` is a method of what `Path()` gives.
 */
export interface ModuleTable {
  readonly module: string;
  /** Other names of the same module. */
  readonly aliases?: string;
  /** Other modules of which the same holds; each is told by its own name. */
  readonly alike?: string;
  /** Attributes may not be taken by computed names, and the module may not get out of sight. */
  readonly guarded?: boolean;
  /** Importing it is a finding of this rule. */
  readonly importing?: string;
  /** Rule by rule: calling one of these is a finding, and so is handing it to something that may call it. */
  readonly calls?: Readonly<Record<string, string>>;
  /** Rule by rule: reading one of these is a finding. */
  readonly reads?: Readonly<Record<string, string>>;
  /** Exempt from the wildcards above. */
  readonly except?: string;
  /** Functions whose arguments are paths: `open` has one, `rename/2` two, `save@1` has it second, `copy@02` first and third. */
  readonly paths?: string;
  /** What a call gives: type by names. */
  readonly makes?: Readonly<Record<string, string>>;
}
