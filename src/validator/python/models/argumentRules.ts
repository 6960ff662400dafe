import { argument } from '../interpret/arguments.ts';
import { isHidden, oneText, single, truth } from '../values/join.ts';
import type { Args, Value } from '../values/value.ts';

export interface ArgumentRule {
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
    calls: 'tarfile.TarFile.extractall tarfile.TarFile.extract shutil.unpack_archive',
    rule: 'fs.outside',
    message: 'Unpacks an archive to wherever it says; use filter="data"',
    breaks: (args) => oneText(args.keywords.get('filter') ?? []) === 'fully_trusted',
  },
  {
    calls: 'matplotlib.use matplotlib.pyplot.switch_backend',
    rule: 'network.connect',
    message: 'Shows figures through a web server',
    breaks: (args) => /^webagg$/i.test(oneText(argument(args, 0, 'backend', 'newbackend')) ?? ''),
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

/** The rules for the arguments of a call. */
export function argumentRulesOf(path: string): readonly ArgumentRule[] {
  return byCall.get(path) ?? [];
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
