import type { Tree } from '@vscode/tree-sitter-wasm';
import { hoistSplat, misplaced } from './splats.ts';
import type { MisplacedSplat } from './splats.ts';

/** A node of the syntax tree, copied out of WebAssembly memory so that the tree can be freed. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** The grammar's name for this node's place in its parent. */
  readonly field: string | null;
  readonly children: SyntaxNode[];
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

/**
 * Copies a tree with an explicit stack: depth of nesting costs memory, never the call stack.
 * Anonymous nodes (punctuation, keywords) are kept only where `keep` names them or they hold a field.
 */
export function copyTree(tree: Tree, text: string, keep: ReadonlySet<string>): Parsed {
  const { types, fields } = tree.language;
  const cursor = tree.walk();
  const stack: SyntaxNode[] = [];
  const splats: MisplacedSplat[] = [];
  let root: SyntaxNode | undefined;
  let error: Parsed['error'];
  let depth = 0;
  let nodeCount = 0;
  try {
    for (;;) {
      nodeCount++;
      const named = cursor.nodeIsNamed;
      const type = types[cursor.nodeTypeId] ?? 'ERROR';
      const fieldId = cursor.currentFieldId;
      const missing = cursor.nodeIsMissing;
      const node: SyntaxNode = {
        type,
        start: cursor.startIndex,
        end: cursor.endIndex,
        field: fieldId === 0 ? null : (fields[fieldId] ?? null),
        children: [],
      };
      if (error === undefined && (type === 'ERROR' || missing))
        error = { start: node.start, end: node.end, missing: missing ? type : undefined };
      if (type !== 'comment' && (named || fieldId !== 0 || keep.has(type))) stack.at(-1)?.children.push(node);
      const splat = misplaced(node, stack);
      if (splat) splats.push(splat);
      root ??= node;
      if (stack.length > depth) depth = stack.length;
      if (cursor.gotoFirstChild()) {
        stack.push(node);
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) {
          splats.forEach(hoistSplat);
          return { text, root, depth, nodeCount, ...(error ? { error } : {}) };
        }
        stack.pop();
      }
    }
  } finally {
    cursor.delete();
  }
}
