import type { Route } from '../../route.ts';
import type { FunctionCode } from './functionCode.ts';

/**
 * What one expression may be. The list is a may-be set; an empty one means that nothing gets there.
 * Every atom has a `key`: equal keys mean equal atoms.
 */
export type Value = readonly Atom[];

export type Atom =
  | {
      readonly kind: 'unknown';
      readonly key: string;
      readonly hidden: boolean;
      /** An integer of more than 512 bits, of which no more is known. */
      readonly huge?: boolean;
    }
  | { readonly kind: 'unbound'; readonly key: string }
  | { readonly kind: 'none'; readonly key: string }
  | { readonly kind: 'bool'; readonly key: string; readonly value: boolean }
  | { readonly kind: 'int'; readonly key: string; readonly value: bigint }
  | { readonly kind: 'float'; readonly key: string; readonly value: number }
  | TextAtom
  | { readonly kind: 'bytes'; readonly key: string; readonly text: string }
  | LibAtom
  | InstAtom
  | MethodAtom
  | FuncAtom
  | ClassAtom
  | ObjAtom
  | SeqAtom
  | DictAtom
  | IterAtom
  | RangeAtom
  | PartialAtom
  | NamespaceAtom
  | SuperAtom;

/** A string; with `open`, only its beginning is known. */
export interface TextAtom {
  readonly kind: 'text';
  readonly key: string;
  readonly text: string;
  readonly open: boolean;
}

/** Something that a library offers, by its canonical dotted name: `os`, `os.path.join`, `builtins.eval`. */
export interface LibAtom {
  readonly kind: 'lib';
  readonly key: string;
  readonly path: string;
  readonly route: Route | undefined;
}

/** What a library call gave back: an instance of `path`, with what the check has to remember of its making. */
export interface InstAtom {
  readonly kind: 'inst';
  readonly key: string;
  readonly path: string;
  readonly data: readonly Value[];
}

/** A method of a value that is not user code, taken but not called. */
export interface MethodAtom {
  readonly kind: 'method';
  readonly key: string;
  readonly self: Atom;
  readonly name: string;
}

export interface FuncAtom {
  readonly kind: 'func';
  readonly key: string;
  readonly code: FunctionCode;
  readonly scope: Scope;
  readonly defaults: ReadonlyMap<string, Value>;
  /** The first argument of a bound method. */
  readonly self: Atom | undefined;
  readonly binding: 'plain' | 'static' | 'class' | 'property';
  /** The class whose body holds the function, for super(). */
  readonly owner: ClassAtom | undefined;
  readonly attrs: Map<string, Value>;
}

export interface ClassAtom {
  readonly kind: 'class';
  readonly key: string;
  readonly name: string;
  readonly bases: readonly Value[];
  readonly meta: Value;
  readonly attrs: Map<string, Value>;
  /** Annotated fields in order, for classes whose `__init__` is generated. */
  readonly fields: string[];
  /** Stands for every instance of the class. */
  any: ObjAtom | undefined;
}

export interface ObjAtom {
  readonly kind: 'obj';
  readonly key: string;
  /** The branch it was made in. */
  readonly fork: number;
  readonly cls: ClassAtom;
  readonly attrs: Map<string, Value>;
}

/** A list, tuple or set: known items in order, and `rest` for items at unknown places. */
export interface SeqAtom {
  readonly kind: 'seq';
  readonly key: string;
  /** The branch it was made in. */
  readonly fork: number;
  readonly type: 'list' | 'tuple' | 'set';
  /** How many items there are, where they are too many to be kept one by one. */
  readonly many?: bigint;
  items: Value[];
  rest: Value;
}

/** A dict: `entries` by the key of a constant key atom, `rest` for values under unknown keys. */
export interface DictAtom {
  readonly kind: 'dict';
  readonly key: string;
  /** The branch it was made in. */
  readonly fork: number;
  readonly entries: Map<string, { readonly name: Atom; value: Value }>;
  rest: Value;
  restKeys: Value;
}

/** An iterator or generator. `size` is what is known of its length; Infinity never ends. */
export interface IterAtom {
  readonly kind: 'iter';
  readonly key: string;
  readonly items: readonly Value[] | undefined;
  readonly item: Value;
  readonly size: number | undefined;
  /** What a generator or coroutine returns. */
  readonly result: Value;
  readonly code: FunctionCode | undefined;
}

export interface RangeAtom {
  readonly kind: 'range';
  readonly key: string;
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;
}

export interface PartialAtom {
  readonly kind: 'partial';
  readonly key: string;
  readonly target: Value;
  readonly args: Args;
}

/** The mapping behind a scope, a module or an object: globals(), vars(os), obj.__dict__. */
export interface NamespaceAtom {
  readonly kind: 'namespace';
  readonly key: string;
  readonly of: Scope | LibAtom | ObjAtom | ClassAtom | FuncAtom;
}

export interface SuperAtom {
  readonly kind: 'super';
  readonly key: string;
  readonly owner: ClassAtom;
  readonly self: Atom;
}

/** The arguments of one call. */
export interface Args {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** Further positional arguments, number unknown. */
  readonly rest: Value;
  /** Further keyword arguments, names unknown. */
  readonly keywordRest: Value;
}

/** Names of one block of code at run time. */
export interface Scope {
  readonly kind: 'module' | 'function' | 'class';
  readonly id: number;
  readonly parent: Scope | undefined;
  vars: Bindings;
  /** Everything that was ever bound to a name here. */
  readonly ever: Map<string, Value>;
  /** Names that the code declares to be those of the module, and of functions around. */
  globals: Set<string>;
  nonlocals: Set<string>;
}

const noBindings: ReadonlyMap<string, Value> = new Map();

/** Bindings in layers: a branch writes into a layer of its own, and the layers are joined afterwards. */
export class Bindings {
  readonly below: Bindings | undefined;
  #own: Map<string, Value> | undefined;

  /** `own` is taken over, not copied. */
  constructor(below: Bindings | undefined, own?: Map<string, Value>) {
    this.below = below;
    this.#own = own;
  }

  /** What is bound in this layer. Most branches bind nothing. */
  get own(): ReadonlyMap<string, Value> {
    return this.#own ?? noBindings;
  }

  get(name: string): Value | undefined {
    return this.#own?.get(name) ?? this.below?.get(name);
  }

  set(name: string, value: Value): void {
    (this.#own ??= new Map()).set(name, value);
  }

  names(): Set<string> {
    const names = new Set(this.below?.names());
    for (const name of this.own.keys()) names.add(name);
    return names;
  }
}
