/** A node of the syntax tree, copied out of WebAssembly memory so that the tree can be freed. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** The grammar's name for this node's place in its parent. */
  readonly field: string | null;
  readonly children: SyntaxNode[];
  /** Its text, once somebody has asked for it. */
  text?: string | undefined;
}

/** A tree with its text. Offsets count UTF-16 units of `text`. */
export interface Parsed {
  readonly text: string;
  readonly root: SyntaxNode;
  /** The first place that the grammar could not read. */
  readonly error?: { readonly start: number; readonly end: number; readonly missing: string | undefined };
  /** Levels of nesting of the deepest node. */
  readonly depth: number;
  readonly nodeCount: number;
  /** Where the code begins that is judged; what stands before it ran earlier in its session. */
  readonly judgedFrom?: number;
}

/** The first child with that field name. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  for (const child of node.children) if (child.field === field) return child;
  return undefined;
}

/** All children with that field name, in order. */
export function childrenOf(node: SyntaxNode, field: string): SyntaxNode[] {
  return node.children.filter((child) => child.field === field);
}

/** The first child of that type. */
export function childOfType(node: SyntaxNode, type: string): SyntaxNode | undefined {
  for (const child of node.children) if (child.type === type) return child;
  return undefined;
}
