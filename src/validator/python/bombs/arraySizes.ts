import { argument } from '../interpret/arguments.ts';
import { isHuge, single } from '../values/join.ts';
import type { Args, Value } from '../values/value.ts';

/** How many items a call makes; undefined where that is not known. */
type Size = (args: Args) => bigint | undefined;

const beyond = 1n << 512n;

/** The number in a value; what is too large to be followed counts as very large. */
export function numberIn(value: Value | undefined): bigint | undefined {
  const atom = single(value);
  if (atom === undefined) return undefined;
  if (isHuge(atom)) return beyond;
  if (atom.kind === 'int') return atom.value;
  return atom.kind === 'float' && Number.isFinite(atom.value) ? BigInt(Math.floor(atom.value)) : undefined;
}

/** A number, or the product of a tuple or list of them. What is not known counts as one. */
function extent(value: Value | undefined): bigint | undefined {
  const atom = single(value);
  if (atom?.kind !== 'seq') return numberIn(value);
  return atom.items.reduce<bigint>((all, item) => all * positive(extent(item)), 1n);
}

/** Items of a range, which is as long as its numbers say. */
function lengthOf(value: Value | undefined): bigint | undefined {
  const atom = single(value);
  return atom?.kind === 'range' && atom.step !== 0n ? (atom.stop - atom.start) / atom.step : undefined;
}

function positive(size: bigint | undefined): bigint {
  return size === undefined || size < 1n ? 1n : size;
}

/** The argument at this place or of one of these names is the size or shape. */
const at =
  (place: number, ...names: string[]): Size =>
  (args) =>
    extent(argument(args, place, ...names));

/** Every positional argument is one dimension, or the first is the shape. */
const every: Size = (args) =>
  [...args.positional, args.keywords.get('size') ?? []].reduce<bigint>(
    (all, value) => all * positive(extent(value)),
    1n,
  );

const square: Size = (args) => {
  const n = numberIn(argument(args, 0, 'n', 'N'));
  return n === undefined ? undefined : n * positive(numberIn(argument(args, 1, 'M')) ?? n);
};

/** `arange(start, stop, step)`. */
const steps: Size = (args) => {
  const [a, b, c] = [0, 1, 2].map((place) => real(args.positional[place]));
  const [start, stop] = b === undefined && args.positional.length < 2 ? [0, a] : [a, b];
  if (start === undefined || stop === undefined) return undefined;
  const step =
    args.positional.length > 2 || args.keywords.has('step') ? (c ?? real(args.keywords.get('step'))) : 1;
  if (step === undefined || step === 0) return undefined;
  const count = Math.max(0, (stop - start) / step);
  return Number.isFinite(count) ? BigInt(Math.ceil(count)) : beyond;
};

function real(value: Value | undefined): number | undefined {
  const atom = single(value);
  if (atom === undefined) return undefined;
  if (isHuge(atom)) return Number.MAX_VALUE;
  return atom.kind === 'int' || atom.kind === 'float' ? Number(atom.value) : undefined;
}

/** What is repeated at the first place, as often as the second says. */
const repeated: Size = (args) => {
  const atom = single(args.positional[0]);
  const items = atom?.kind === 'seq' ? BigInt(Math.max(1, atom.items.length)) : 1n;
  const times = extent(argument(args, 1, 'repeats', 'reps'));
  return times === undefined ? undefined : items * positive(times);
};

const sizes = new Map<string, Size>();

function put(prefix: string, names: string, size: Size): void {
  for (const name of names.split(/\s+/)) sizes.set(prefix + name, size);
}

put('numpy.', 'zeros ones empty full', at(0, 'shape'));
put('numpy.', 'eye identity tri', square);
put('numpy.', 'arange', steps);
put('numpy.', 'linspace logspace geomspace', at(2, 'num'));
put('numpy.', 'repeat tile', repeated);
put('numpy.', 'indices', at(0, 'dimensions'));
put('torch.', 'zeros ones empty rand randn', every);
put('torch.', 'full', at(0, 'size'));
put('torch.', 'eye', square);
put('torch.', 'arange', steps);
put('torch.', 'linspace logspace', at(2, 'steps'));
for (const source of ['numpy.random.', 'numpy.random.Generator.', 'numpy.random.RandomState.']) {
  put(source, 'rand randn', every);
  put(source, 'random random_sample ranf sample', at(0, 'size'));
  put(source, 'bytes', at(0, 'length'));
  put(source, 'permutation', at(0, 'x'));
  put(source, 'standard_normal standard_exponential standard_cauchy', at(0, 'size'));
  put(
    source,
    'exponential poisson geometric chisquare pareto power rayleigh weibull zipf logseries standard_gamma standard_t choice',
    at(1, 'size'),
  );
  put(
    source,
    'randint random_integers integers normal uniform beta binomial gamma gumbel laplace logistic lognormal vonmises wald f negative_binomial multinomial',
    at(2, 'size'),
  );
  put(source, 'triangular hypergeometric', at(3, 'size'));
}
put('', 'pandas.DataFrame', (args) =>
  ['index', 'columns'].reduce((all, name) => all * positive(lengthOf(args.keywords.get(name))), 1n),
);
put('builtins.', 'bytearray bytes', (args) => numberIn(args.positional[0]));
put(
  '',
  'ctypes.create_string_buffer',
  (args) => numberIn(args.positional[1]) ?? numberIn(args.positional[0]),
);
put(
  '',
  'os.urandom secrets.token_bytes secrets.token_hex secrets.token_urlsafe random.randbytes',
  at(0, 'n', 'nbytes'),
);
put('', 'int.to_bytes', at(0, 'length'));
put('', 'random.choices', at(-1, 'k'));
put('', 'random.sample', at(1, 'k'));
put('', 'random.getrandbits', (args) => (numberIn(argument(args, 0, 'k')) ?? 0n) / 8n);
put('', 'hashlib.pbkdf2_hmac', at(3, 'iterations'));
put('', 'hashlib.scrypt', (args) =>
  ['n', 'r'].reduce((all, name) => all * positive(numberIn(args.keywords.get(name))), 128n),
);
put('', 'pandas.date_range pandas.period_range pandas.timedelta_range', at(2, 'periods'));
put('', 'file.truncate', at(0, 'size'));
// A file that begins so far away is as large, though nothing may be in it.
put('', 'file.seek', (args) =>
  args.positional.length === 1 ? (numberIn(args.positional[0]) ?? 0n) / 1000n : 0n,
);
put('', 'mmap.mmap', at(1, 'length'));

/** How many items or bytes a library call makes, by the table of where its size is given. */
export function sizeMade(path: string, args: Args): bigint | undefined {
  return sizes.get(path)?.(args);
}
