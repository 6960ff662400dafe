import type { SyntaxNode } from '../../parse/tree.ts';
import { checkAllocation } from '../bombs/allocation.ts';
import { checkConsumer } from '../bombs/consumption.ts';
import { checkThreads } from '../bombs/threads.ts';
import { argument } from '../interpret/arguments.ts';
import type { Machine } from '../interpret/machine.ts';
import { isHidden, oneText, single, truth } from '../values/join.ts';
import type { Args, Route, Value } from '../values/value.ts';
import { checkQuery } from './evaluators.ts';
import { namesFile, opensByName } from './pathNames.ts';
import { checkAddress, checkPath, noteWritten } from './pathRules.ts';

interface ArgumentRule {
  /** Dotted names; `*` stands for any characters. */
  readonly calls: string;
  readonly rule: string;
  readonly message: string;
  readonly breaks: (args: Args) => boolean;
}

/** A keyword that must be given, and given as this constant. */
const missing =
  (name: string, place: number, wanted: (value: Value) => boolean) =>
  (args: Args): boolean => {
    const given = argument(args, place, name);
    return given === undefined || !wanted(given);
  };
const isTrue = (value: Value): boolean => truth(value) === true;
const mayBeTrue =
  (name: string, place: number) =>
  (args: Args): boolean => {
    const given = argument(args, place, name);
    return given !== undefined && truth(given) !== false;
  };
const isCode = (value: Value | undefined): boolean =>
  value !== undefined &&
  value.some((atom) => atom.kind === 'text' || atom.kind === 'bytes' || isHidden([atom]));
const codeAt =
  (...places: [number, string][]) =>
  (args: Args): boolean =>
    places.some(([place, name]) => isCode(argument(args, place, name)));
const safeLoader = (value: Value): boolean =>
  value.every((atom) => atom.kind === 'lib' && /\.(C?SafeLoader|BaseLoader)$/.test(atom.path));
const longAgo =
  (limit: bigint) =>
  (args: Args): boolean => {
    const atom = single(args.positional[0]);
    return (
      (atom?.kind === 'int' && atom.value > limit) || (atom?.kind === 'float' && atom.value > Number(limit))
    );
  };

/** Calls that are fine or not by what they are given. */
const argumentRules: readonly ArgumentRule[] = [
  {
    calls: 'numpy.load numpy.lib.npyio.load',
    rule: 'pickle.load',
    message: 'Reads pickles with `allow_pickle`',
    breaks: mayBeTrue('allow_pickle', 2),
  },
  {
    calls: 'numpy.lib.format.read_array',
    rule: 'pickle.load',
    message: 'Reads pickles with `allow_pickle`',
    breaks: mayBeTrue('allow_pickle', 1),
  },
  {
    calls: 'torch.load',
    rule: 'pickle.load',
    message: 'Unpickles a model; pass weights_only=True',
    breaks: missing('weights_only', -1, isTrue),
  },
  {
    calls: 'yaml.load yaml.load_all',
    rule: 'code.eval',
    message: 'Builds any object that the YAML names; use yaml.safe_load',
    breaks: missing('Loader', 1, safeLoader),
  },
  {
    calls: 'timeit.timeit timeit.repeat timeit.Timer',
    rule: 'code.eval',
    message: 'Runs text as code with `timeit`',
    breaks: codeAt([0, 'stmt'], [1, 'setup']),
  },
  {
    calls: 'logging.config.dictConfig',
    rule: 'code.eval',
    message: 'The logging configuration names objects to build',
    breaks: (args) => factories(args.positional[0], 0),
  },
  {
    calls: 'inspect.signature inspect.get_annotations',
    rule: 'code.eval',
    message: 'Evaluates annotations as code',
    breaks: mayBeTrue('eval_str', -1),
  },
  {
    calls: 'sys.setrecursionlimit',
    rule: 'bomb.memory',
    message: 'Allows recursion that overruns the stack',
    breaks: longAgo(10_000_000n),
  },
  {
    calls: 'time.sleep asyncio.sleep',
    rule: 'bomb.loop',
    message: 'Sleeps for more than a day',
    breaks: longAgo(86_400n),
  },
  {
    calls: 'builtins.help',
    rule: 'code.eval',
    message: 'Opens the interactive help',
    breaks: (args) => args.positional.length === 0 || oneText(args.positional[0]) !== undefined,
  },
  {
    calls: 'logging.basicConfig',
    rule: 'internals.dunder',
    message: 'Reads special attributes in a log format',
    breaks: (args) => /\{[^{}]*\.__\w+__/.test(oneText(args.keywords.get('format') ?? []) ?? ''),
  },
  {
    calls: 'netrc.netrc',
    rule: 'fs.outside',
    message: 'Reads the passwords in `~/.netrc`',
    breaks: (args) => args.positional.length === 0 && args.keywords.size === 0,
  },
  {
    calls:
      'tensorflow.keras.models.load_model keras.models.load_model keras.saving.load_model tensorflow.keras.saving.load_model',
    rule: 'pickle.load',
    message: 'Loads a model with the code that it carries; leave safe_mode on',
    breaks: (args) => truth(args.keywords.get('safe_mode') ?? []) === false,
  },
  {
    calls: 'typing.ForwardRef',
    rule: 'code.eval',
    message: 'Holds text that is evaluated as code',
    breaks: (args) => /[(\s]/.test(oneText(args.positional[0]) ?? ''),
  },
];

const byCall = new Map<string, ArgumentRule[]>();
for (const rule of argumentRules) {
  for (const call of rule.calls.split(' ')) byCall.set(call, [...(byCall.get(call) ?? []), rule]);
}

/** `()` factories, `ext://` and classes from outside logging in a logging configuration. */
function factories(value: Value | undefined, depth: number): boolean {
  if (value === undefined || depth > 6) return false;
  return value.some((atom) => {
    if (atom.kind === 'seq') return [...atom.items, atom.rest].some((item) => factories(item, depth + 1));
    if (atom.kind === 'text') return /^(ext|cfg):\/\/(?!sys\.std(out|err)$)/.test(atom.text);
    if (atom.kind !== 'dict') return false;
    return [...atom.entries.values()].some(({ name, value: inner }) => {
      const key = name.kind === 'text' ? name.text : '';
      if (key === '()') return true;
      const named = oneText(inner);
      if (key === 'class' && named !== undefined && !named.startsWith('logging.')) return true;
      return factories(inner, depth + 1);
    });
  });
}

const evaluators = new Set(
  'sympy.sympify sympy.parse_expr sympy.parsing.sympy_parser.parse_expr sympy.S numexpr.evaluate pandas.eval pandas.core.computation.eval.eval jinja2.Template jinja2.Environment.from_string jinja2.sandbox.SandboxedEnvironment.from_string'.split(
    ' ',
  ),
);

/** Looks at the arguments of a library call: paths, addresses, code as text, sizes. */
export function checkArgumentRules(
  m: Machine,
  path: string,
  paths: readonly number[],
  args: Args,
  node: SyntaxNode,
  route: Route | undefined,
): void {
  const what = `\`${path.replace(/^builtins\./, '')}\` uses`;
  for (const at of paths) {
    const value = args.positional[at] ?? (args.rest.length > 0 ? args.rest : undefined);
    if (value) checkPath(m, value, node, what, route);
  }
  if (paths.length > 0) checkNamedPaths(m, args, node, what, route);
  else if (opensByName(path)) {
    const value = args.positional[0];
    if (value) checkPath(m, value.filter(namesFile(path)), node, what, route);
  }
  for (const rule of byCall.get(path) ?? []) {
    if (rule.breaks(args)) m.report(rule.rule, node, rule.message, route);
  }
  if (evaluators.has(path))
    checkQuery(m, argument(args, 0, 'expr', 'a', 'source', 'ex'), node, `\`${path}\``, route);
  if (/^(pandas\.read_sql(_query|_table)?)$/.test(path))
    checkAddress(m, argument(args, 1, 'con'), node, what, route);
  if (/^(sqlalchemy|sqlmodel)\.(ext\.asyncio\.)?(engine\.)?create_(async_)?engine$/.test(path))
    checkAddress(m, argument(args, 0, 'url'), node, what, route);
  if (path === 'sympy.lambdify') checkQuery(m, argument(args, 1, 'expr'), node, `\`${path}\``, route);
  if (path === 'builtins.open' || path === 'io.open') checkOpen(m, args, node);
  const pickles = args.keywords.get('allow_pickle');
  if (pickles && truth(pickles) !== false && !/save|write/.test(path))
    m.report('pickle.load', node, 'Reads pickles with `allow_pickle`', route);
  checkThreads(m, path, args, node);
  checkAllocation(m, path, args, node);
  checkConsumer(m, path, args, node);
}

/** More files than a sandbox lets a run make. */
const manyFiles = 1_000_000;

/** Descriptors that the program did not open, and Python files that the program writes to import them. */
function checkOpen(m: Machine, args: Args, node: SyntaxNode): void {
  const mode = oneText(argument(args, 1, 'mode')) ?? 'r';
  if (m.repeats > manyFiles && /[wax]/.test(mode))
    m.report('bomb.threads', node, `Opens a file for writing in each of ${m.repeats} rounds`);
  for (const atom of argument(args, 0, 'file') ?? []) {
    if (atom.kind === 'int' && atom.value > 2n)
      m.report('fs.outside', node, `Opens descriptor ${atom.value}, which came from elsewhere`);
    if (atom.kind !== 'text' || atom.open || !/[wax+]/.test(mode)) continue;
    noteWritten(m, atom.text, node);
  }
}

const pathKeywords = new Set(
  `path file filename src dst fname filepath filepath_or_buffer path_or_buf io name directory dir top root_dir database
  filenames files location cachedir base_dir extract_dir dest destination fp handle_or_path image_file uri`.split(
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
