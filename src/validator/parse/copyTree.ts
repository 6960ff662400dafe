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
  const keeping = keepingOf(tree.language, keep);
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
  let error = broken ? errorAt(cursor) : undefined;
  let depth = 0;
  let nodeCount = 1;
  try {
    for (;;) {
      if (cursor.gotoFirstChild()) {
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
      const kept = keeping[typeId] ?? 'always';
      node = undefined;
      if (kept === 'always' || (kept === 'with field' && fieldId !== 0)) {
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
  return { type, start: cursor.startIndex, end: cursor.endIndex, field, children: noChildren };
}

function errorAt(cursor: TreeCursor): Parsed['error'] {
  const missing = cursor.nodeIsMissing ? cursor.nodeType : undefined;
  if (missing === undefined && cursor.nodeType !== 'ERROR') return undefined;
  return { start: cursor.startIndex, end: cursor.endIndex, missing };
}

type Keeping = 'never' | 'with field' | 'always';

const known = new WeakMap<ReadonlySet<string>, { language: Language; byType: readonly Keeping[] }>();

/** Which nodes are kept, by the number of their type. */
function keepingOf(language: Language, keep: ReadonlySet<string>): readonly Keeping[] {
  let found = known.get(keep);
  if (found?.language !== language) {
    const byType = language.types.map((type, id): Keeping => {
      if (type === 'comment') return 'never';
      return language.nodeTypeIsNamed(id) || keep.has(type) ? 'always' : 'with field';
    });
    found = { language, byType };
    known.set(keep, found);
  }
  return found.byType;
}
