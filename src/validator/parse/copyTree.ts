import type { Language, Tree, TreeCursor } from '@vscode/tree-sitter-wasm';
import { hoistSplat, misplaced } from './splats.ts';
import type { Branch } from './splats.ts';
import type { Parsed } from './tree.ts';

/** Most nodes are leaves; they share this. */
const noChildren: Branch[] = [];

/**
 * Copies a tree with an explicit stack: depth of nesting costs memory, never the call stack.
 * Anonymous nodes (punctuation, keywords) are kept only where `keep` names them or they hold a field.
 * Every question to the cursor is a call into WebAssembly, so none is asked whose answer does not matter.
 */
export function copyTree(tree: Tree, text: string, keep: ReadonlySet<string>): Parsed {
  const { types, fields } = tree.language;
  const kinds = kindsOf(tree.language, keep);
  const broken = tree.rootNode.hasError;
  const cursor = tree.walk();
  const root: Branch = branchAt(cursor, types[cursor.nodeTypeId] ?? 'ERROR', null);
  /** The nodes around; undefined where one is not kept. */
  const stack: (Branch | undefined)[] = [];
  /** What was kept of the children of the nodes around, and where the children of each begin in it. */
  const pending: Branch[] = [];
  const begins: number[] = [];
  const splats: (Branch | undefined)[][] = [];
  let node: Branch | undefined = root;
  let mayHaveChildren = true;
  let error = broken ? errorAt(cursor) : undefined;
  let depth = 0;
  let nodeCount = 1;
  try {
    for (;;) {
      if (mayHaveChildren && cursor.gotoFirstChild()) {
        stack.push(node);
        begins.push(pending.length);
        if (stack.length > depth) depth = stack.length;
      } else {
        while (!cursor.gotoNextSibling()) {
          if (!cursor.gotoParent()) {
            splats.map(misplaced).forEach(hoistSplat);
            return { text, root, depth, nodeCount, ...(error ? { error } : {}) };
          }
          const begin = begins.pop() ?? 0;
          const parent = stack.pop();
          if (parent) parent.children = pending.slice(begin);
          pending.length = begin;
        }
      }
      nodeCount++;
      const typeId = cursor.nodeTypeId;
      const fieldId = cursor.currentFieldId;
      const kind = kinds[typeId] ?? 'kept';
      const kept = kind === 'kept' || (fieldId !== 0 && kind !== 'comment');
      mayHaveChildren = kept || kind === 'phrase' || broken;
      node = undefined;
      if (kept) {
        node = branchAt(cursor, types[typeId] ?? 'ERROR', fieldId === 0 ? null : (fields[fieldId] ?? null));
        pending.push(node);
        if (node.type === 'list_splat') splats.push([...stack, node]);
      }
      if (broken) error ??= errorAt(cursor);
    }
  } finally {
    cursor.delete();
  }
}

function branchAt(cursor: TreeCursor, type: string, field: string | null): Branch {
  return {
    type,
    start: cursor.startIndex,
    end: cursor.endIndex,
    field,
    children: noChildren,
    text: undefined,
  };
}

function errorAt(cursor: TreeCursor): Parsed['error'] {
  const missing = cursor.nodeIsMissing ? cursor.nodeType : undefined;
  if (missing === undefined && cursor.nodeType !== 'ERROR') return undefined;
  return { start: cursor.startIndex, end: cursor.endIndex, missing };
}

/** Kinds of nodes: always kept; anonymous, as one token or as several; comments, which are never kept. */
type Kind = 'kept' | 'token' | 'phrase' | 'comment';

const known = new WeakMap<ReadonlySet<string>, { language: Language; kinds: readonly Kind[] }>();

/** The kinds of a language's nodes by the number of their type. */
function kindsOf(language: Language, keep: ReadonlySet<string>): readonly Kind[] {
  let found = known.get(keep);
  if (found?.language !== language) {
    const kinds = language.types.map((type, id): Kind => {
      if (type === 'comment') return 'comment';
      if (language.nodeTypeIsNamed(id) || keep.has(type)) return 'kept';
      return type.includes(' ') ? 'phrase' : 'token';
    });
    found = { language, kinds };
    known.set(keep, found);
  }
  return found.kinds;
}
