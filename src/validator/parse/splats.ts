/** A node of a tree that is being copied. */
export interface Branch {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly field: string | null;
  children: Branch[];
  text?: string | undefined;
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
 * star stands right. `way` leads from the root to the star.
 */
export function misplaced(way: readonly (Branch | undefined)[]): MisplacedSplat | undefined {
  const last = way.length - 1;
  let from = last;
  for (; from > 0; from--) {
    const around = way[from - 1];
    if (!around || !chained.has(around.type) || around.children[0] !== way[from]) break;
  }
  if (from === last || way[from - 1] === undefined) return undefined;
  return way.slice(from - 1).filter((node) => node !== undefined);
}

/** Puts the star around the whole expression, as the language reads it. */
export function hoistSplat(way: MisplacedSplat | undefined): void {
  if (way === undefined) return;
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
