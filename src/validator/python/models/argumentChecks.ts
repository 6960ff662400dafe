import type { Route } from '../../route.ts';
import type { SyntaxNode } from '../../parse/tree.ts';
import { checkAllocation } from '../bombs/allocation.ts';
import { checkConsumer } from '../bombs/consumption.ts';
import { checkFileFlood } from '../bombs/files.ts';
import { checkThreads } from '../bombs/threads.ts';
import { argument } from '../interpret/arguments.ts';
import type { Machine } from '../interpret/machine.ts';
import { shortName } from '../library/describe.ts';
import { remembered } from '../library/remembered.ts';
import { oneText, truth } from '../values/join.ts';
import type { Args } from '../values/value.ts';
import { argumentRulesOf } from './argumentRules.ts';
import type { ArgumentRule } from './argumentRules.ts';
import { checkQuery } from './evaluators.ts';
import { namesFile, opensByName } from './pathNames.ts';
import { checkAddress, checkPath, noteWritten } from './pathRules.ts';
import { checkSql } from './sql.ts';

const evaluators = new Set(
  'sympy.sympify sympy.parse_expr sympy.parsing.sympy_parser.parse_expr sympy.S numexpr.evaluate pandas.eval pandas.core.computation.eval.eval jinja2.Template jinja2.Environment.from_string jinja2.sandbox.SandboxedEnvironment.from_string'.split(
    ' ',
  ),
);

type Look = (m: Machine, args: Args, node: SyntaxNode, what: string, route: Route | undefined) => void;

/** What is looked at in the arguments of one function. */
interface Watch {
  /** How a finding begins. */
  readonly what: string;
  readonly rules: readonly ArgumentRule[];
  /** Code and addresses among the arguments. */
  readonly looks: Look | undefined;
  /** Its name says that it takes a path. */
  readonly opens: boolean;
}

const watchOf = remembered((path): Watch => ({
  what: `\`${shortName(path)}\` uses`,
  rules: argumentRulesOf(path),
  looks: lookOf(path),
  opens: opensByName(path),
}));

function lookOf(path: string): Look | undefined {
  if (evaluators.has(path))
    return (m, args, node, _, route) => {
      checkQuery(m, argument(args, 0, 'expr', 'a', 'source', 'ex'), node, `\`${path}\``, route);
    };
  if (path === 'sympy.lambdify')
    return (m, args, node, _, route) => {
      checkQuery(m, argument(args, 1, 'expr'), node, `\`${path}\``, route);
    };
  if (/^duckdb\.(sql|query|execute|from_query|read_sql)$/.test(path))
    return (m, args, node) => {
      checkSql(m, argument(args, 0, 'query'), node);
    };
  if (/^(pandas\.read_sql(_query|_table)?)$/.test(path))
    return (m, args, node, what, route) => {
      checkAddress(m, argument(args, 1, 'con'), node, what, route);
    };
  if (/^(sqlalchemy|sqlmodel)\.(ext\.asyncio\.)?(engine\.)?create_(async_)?engine$/.test(path))
    return (m, args, node, what, route) => {
      checkAddress(m, argument(args, 0, 'url'), node, what, route);
    };
  return undefined;
}

/** Looks at the arguments of a library call: paths, addresses, code as text, sizes. */
export function checkArgumentRules(
  m: Machine,
  path: string,
  paths: readonly number[],
  args: Args,
  node: SyntaxNode,
  route: Route | undefined,
): void {
  const { what, looks, rules, opens } = watchOf(path);
  for (const at of paths) {
    const value = args.positional[at] ?? (args.rest.length > 0 ? args.rest : undefined);
    if (value) checkPath(m, value, node, what, route);
  }
  if (paths.length > 0) checkNamedPaths(m, args, node, what, route);
  else if (opens) {
    const value = args.positional[0];
    if (value) checkPath(m, value.filter(namesFile(path)), node, what, route);
  }
  for (const rule of rules) {
    if (rule.breaks(args)) m.report(rule.rule, node, rule.message, route);
  }
  looks?.(m, args, node, what, route);
  if (path === 'builtins.open' || path === 'io.open') checkOpen(m, args, node);
  if (copying.has(path))
    for (const atom of argument(args, 1, 'dst') ?? [])
      if (atom.kind === 'text' && !atom.open) noteWritten(m, atom.text, node);
  const pickles = args.keywords.get('allow_pickle');
  if (pickles && truth(pickles) !== false && !/save|write/.test(path))
    m.report('pickle.load', node, 'Reads pickles with `allow_pickle`', route);
  checkThreads(m, path, args, node);
  checkFileFlood(m, path, oneText(argument(args, 1, 'mode')) ?? 'r', node);
  checkAllocation(m, path, args, node);
  checkConsumer(m, path, args, node);
}

/** Functions whose second argument is the name that a file has afterwards. */
const copying = new Set(
  'shutil.copy shutil.copy2 shutil.copyfile shutil.move os.rename os.replace os.renames os.link os.symlink'.split(
    ' ',
  ),
);

/** Descriptors that the program did not open, and Python files that the program writes to import them. */
function checkOpen(m: Machine, args: Args, node: SyntaxNode): void {
  const mode = oneText(argument(args, 1, 'mode')) ?? 'r';
  for (const atom of argument(args, 0, 'file') ?? []) {
    if (atom.kind === 'int' && atom.value > 2n)
      m.report('fs.outside', node, `Opens descriptor ${atom.value}, which came from elsewhere`);
    if (atom.kind !== 'text' || atom.open || !/[wax+]/.test(mode)) continue;
    noteWritten(m, atom.text, node);
  }
}

const pathKeywords = new Set(
  `path file filename src dst fname filepath filepath_or_buffer path_or_buf io name directory dir top root_dir database
  filenames files location coverdir cachedir base_dir extract_dir dest destination fp handle_or_path image_file uri`.split(
    /\s+/,
  ),
);

function checkNamedPaths(
  m: Machine,
  args: Args,
  node: SyntaxNode,
  what: string,
  route: Route | undefined,
): void {
  for (const [name, value] of args.keywords)
    if (pathKeywords.has(name)) checkPath(m, value, node, what, route);
}
