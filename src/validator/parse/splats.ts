/** A node of a tree that is being copied. */
interface Branch {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly field: string | null;
  readonly children: Branch[];
}

/** Expressions whose first part the grammar may take for all that a star unpacks. */
const chained = new Set([
  'attribute',
  'call',
  'subscript',
  'binary_operator',
  'boolean_operator',
  'comparison_operator',
  'conditional_expression',
]);

/** A star that the grammar put inside the expression that it unpacks: the nodes around it, outermost first. */
export type MisplacedSplat = readonly Branch[];

/**
 * In `[*a.b()]` the grammar binds the star to `a`. Python unpacks what `a.b()` gives. Undefined where the
 * star stands right. `stack` is the way to the node, which is its parent's newest child.
 */
export function misplaced(node: Branch, stack: readonly Branch[]): MisplacedSplat | undefined {
  if (node.type !== 'list_splat') return undefined;
  let from = stack.length;
  while (from > 0 && chained.has(stack[from - 1]?.type ?? '') && stack[from - 1]?.children.length === 1)
    from--;
  return from === stack.length || from === 0 ? undefined : [...stack.slice(from - 1), node];
}

/** Puts the star around the whole expression, as the language reads it. */
export function hoistSplat(way: MisplacedSplat): void {
  const [holder, top] = way;
  const splat = way.at(-1);
  const operand = splat?.children[0];
  if (!holder || !top || !splat || !operand) return;
  let inner: Branch = { ...operand, field: splat.field };
  for (let at = way.length - 2; at >= 1; at--) {
    const around = way[at];
    if (around) inner = { ...around, start: operand.start, children: [inner, ...around.children.slice(1)] };
  }
  holder.children[holder.children.indexOf(top)] = {
    ...splat,
    end: top.end,
    field: top.field,
    children: [{ ...inner, field: null }],
  };
}
