import { argument } from '../interpret/arguments.ts';
import { join } from '../values/join.ts';
import { argsOf, bool, inst, lib, none, partial, seq, unknown } from '../values/make.ts';
import type { Args, Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { after, first, modelsFor, second } from './libCall.ts';
import {
  applyAttributes,
  applyItems,
  applyMethod,
  attrgetter,
  binaryNames,
  methodcaller,
} from './operatorModels.ts';

const reduce: Model = (call) => {
  const { m, node } = call;
  const items = m.parts.iterate(second(call), node);
  const initial = call.args.positional[2] ?? call.args.keywords.get('initial');
  const exact = items.exact && items.exact.length <= 256 ? [...items.exact] : undefined;
  let value = initial ?? exact?.shift() ?? items.any;
  for (const item of exact ?? [items.any, items.any])
    value = m.parts.call(first(call), argsOf(value, item), node);
  return value;
};

/** Calls the function given with the arguments that follow. */
const callGiven =
  (from: number, rest = from + 1): Model =>
  (call) => {
    const func = call.args.positional[from];
    if (!func) return unknown;
    return call.m.parts.call(
      func,
      { ...after(call.args, rest), keywords: from === 0 ? call.args.keywords : new Map() },
      call.node,
    );
  };

/** Hands a function through, as decorators that keep the function do. */
const through: Model = (call) => {
  const func = call.args.positional[0];
  const handed =
    func?.filter(
      (atom) =>
        atom.kind === 'func' ||
        atom.kind === 'class' ||
        atom.kind === 'lib' ||
        atom.kind === 'partial' ||
        atom.kind === 'inst',
    ) ?? [];
  return handed.length > 0 ? handed : inst('decorator');
};

/** A wrapper remembers what it wraps. */
function wrapping(wrapper: Value, wrapped: Value): Value {
  for (const atom of wrapper) if (atom.kind === 'func') atom.attrs.set('__wrapped__', wrapped);
  return wrapper;
}

/** A thread or timer: target with args and kwargs, run when started. */
const thread: Model = (call) => {
  const { m, args, node } = call;
  const timer = call.path.endsWith('Timer');
  const target = timer ? argument(args, 1, 'function') : argument(args, 1, 'target');
  if (!target) return inst('threading.Thread');
  const given = timer ? argument(args, 2, 'args') : argument(args, 3, 'args');
  const named = timer ? argument(args, 3, 'kwargs') : argument(args, 4, 'kwargs');
  m.inBackground(() => m.parts.call(target, spread(call, given, named), node));
  return inst('threading.Thread');
};

function spread(call: LibCall, given: Value | undefined, named: Value | undefined): Args {
  const items = given ? call.m.parts.iterate(given, call.node) : undefined;
  const keywords = new Map<string, Value>();
  for (const atom of named ?? [])
    if (atom.kind === 'dict')
      for (const entry of atom.entries.values())
        if (entry.name.kind === 'text') keywords.set(entry.name.text, entry.value);
  return {
    positional: items?.exact ?? [],
    keywords,
    rest: items && !items.exact ? items.any : [],
    keywordRest: [],
  };
}

const startThread: Model = (call) => {
  const { m, args, node } = call;
  m.inBackground(() => m.parts.call(first(call), spread(call, second(call), args.positional[2]), node));
  return unknown;
};

/** executor.map(f, iterable), pool.map: every item. */
const mapItems: Model = (call) => {
  const items = call.args.positional.slice(1).map((source) => call.m.parts.iterate(source, call.node).any);
  return seq('list', [], call.m.parts.call(first(call), argsOf(...items), call.node));
};

/** functools, operator, threads and registries of callbacks. */
export const functionalModels: readonly [string, Model][] = [
  ...modelsFor('functools.', {
    partial: (call) => partial(first(call), after(call.args, 1)),
    partialmethod: (call) => [
      {
        kind: 'inst',
        key: `Ipartialmethod${call.node.start}`,
        path: 'functools.partialmethod',
        data: [partial(first(call), after(call.args, 1))],
      },
    ],
    reduce,
    wraps: (call) => inst('functools.wrapper', first(call)),
    update_wrapper: (call) => wrapping(first(call), second(call)),
    'lru_cache cache total_ordering singledispatch singledispatchmethod cmp_to_key': through,
    cached_property: (call) => [
      { kind: 'inst', key: `Iproperty${call.node.start}`, path: 'builtins.property', data: [first(call)] },
    ],
  }),
  ...modelsFor('', {
    'decorator.__call__': first,
    'functools.wrapper.__call__': (call) =>
      wrapping(first(call), call.self?.kind === 'inst' ? (call.self.data[0] ?? unknown) : unknown),
  }),
  ...modelsFor('operator.', {
    attrgetter,
    'attrgetter.__call__': applyAttributes,
    itemgetter: (call) => inst('operator.itemgetter', ...call.args.positional),
    'itemgetter.__call__': applyItems,
    methodcaller,
    'methodcaller.__call__': applyMethod,
    'getitem __getitem__': (call) => call.m.parts.subscript(first(call), second(call), call.node),
    setitem: (call) => {
      call.m.parts.setSubscript(first(call), second(call), call.args.positional[2] ?? unknown, call.node);
      return none;
    },
    call: callGiven(0),
    ...Object.fromEntries(
      Object.entries(binaryNames).map(([name, sign]): [string, Model] => [
        `${name} __${name.replace(/_$/, '')}__`,
        (call) => call.m.parts.binary(sign, first(call), second(call), call.node),
      ]),
    ),
    'not_ truth': () => join(bool(true), bool(false)),
  }),
  ...modelsFor('threading.', { 'Thread Timer': thread }),
  ...modelsFor('multiprocessing.', {
    Process: thread,
    'pool.ThreadPool dummy.Pool': () => inst('concurrent.futures.Executor'),
  }),
  ...modelsFor('_thread.', { 'start_new_thread start_new start_joinable_thread': startThread }),
  ...modelsFor('concurrent.futures.Executor.', {
    'submit apply apply_async': (call) => {
      const items = call.path.endsWith('submit')
        ? undefined
        : spread(call, second(call), call.args.positional[2]);
      const result = call.m.inBackground(() =>
        items ? call.m.parts.call(first(call), items, call.node) : callGiven(0)(call),
      );
      return inst('concurrent.futures.Future', result ?? unknown);
    },
    'map imap imap_unordered starmap map_async': mapItems,
    __enter__: (call) => (call.self ? [call.self] : unknown),
  }),
  ...modelsFor('concurrent.futures.Future.', {
    'result get exception': (call) => (call.self?.kind === 'inst' ? (call.self.data[0] ?? unknown) : unknown),
    add_done_callback: (call) =>
      call.m.parts.call(first(call), argsOf(call.self ? [call.self] : unknown), call.node),
  }),
  ...modelsFor('atexit.', {
    'register _run_exitfuncs': (call) => {
      callGiven(0)(call);
      return first(call);
    },
  }),
  ...modelsFor('weakref.', {
    'WeakValueDictionary WeakKeyDictionary': (call) =>
      call.m.parts.call(lib('builtins.dict'), call.args, call.node),
    WeakSet: (call) => call.m.parts.call(lib('builtins.set'), call.args, call.node),
    finalize: (call) => {
      callGiven(1)(call);
      return unknown;
    },
    'ref proxy': (call) => {
      const callback = call.args.positional[1];
      if (callback) call.m.parts.call(callback, argsOf(unknown), call.node);
      return call.path.endsWith('proxy')
        ? first(call)
        : partial(
            [{ kind: 'inst', key: `Iref${call.node.start}`, path: 'weakref.held', data: [first(call)] }],
            argsOf(),
          );
    },
    'held.__call__': (call) => (call.self?.kind === 'inst' ? (call.self.data[0] ?? unknown) : unknown),
  }),
  ...modelsFor('signal.', {
    signal: (call) => {
      const handler = second(call).filter((atom) => atom.kind !== 'lib' || !atom.path.startsWith('signal.'));
      if (handler.length > 0) call.m.parts.call(handler, argsOf(unknown, unknown), call.node);
      return unknown;
    },
  }),
  ...modelsFor('sched.scheduler.', {
    'enter enterabs': (call) => {
      const action = argument(call.args, 2, 'action');
      if (action)
        call.m.parts.call(
          action,
          spread(call, argument(call.args, 3, 'argument'), argument(call.args, 4, 'kwargs')),
          call.node,
        );
      return unknown;
    },
  }),
  ...modelsFor('contextlib.', {
    'ExitStack AsyncExitStack': () => inst('contextlib.ExitStack'),
    'ExitStack.callback ExitStack.push_async_callback AsyncExitStack.callback': (call) => {
      callGiven(0)(call);
      return first(call);
    },
    'closing nullcontext aclosing': (call) => inst('contextmanager', first(call)),
    'ExitStack.enter_context': first,
    'contextmanager asynccontextmanager': through,
  }),
  ...modelsFor('contextvars.', {
    copy_context: () => inst('contextvars.Context'),
    'Context.run': callGiven(0),
    ContextVar: (call) => inst('contextvars.ContextVar', call.args.keywords.get('default') ?? unknown),
    'ContextVar.get': (call) =>
      call.self?.kind === 'inst'
        ? join(call.self.data[0] ?? unknown, call.m.stored.get(`${call.self.key}.value`) ?? [])
        : unknown,
    'ContextVar.set': (call) => {
      if (call.self) call.m.stored.set(`${call.self.key}.value`, first(call));
      return unknown;
    },
  }),
  ...modelsFor('cProfile.', { 'Profile.runcall': callGiven(0) }),
  ...modelsFor('trace.', { 'Trace.runfunc': callGiven(0) }),
  ...modelsFor('numpy.', {
    'vectorize frompyfunc': (call) => first(call),
    'random.default_rng': () => inst('numpy.random.Generator'),
    'apply_along_axis apply_over_axes': (call) => {
      call.m.parts.call(first(call), argsOf(unknown), call.node);
      return unknown;
    },
  }),
];
