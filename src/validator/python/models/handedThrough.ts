import { isGuarded } from '../library/library.ts';
import { join, joinAll } from '../values/join.ts';
import { dictAtom, inst, iter, lib, seq, textAtom, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { first, modelsFor } from './libCall.ts';

/** dataclasses.asdict and astuple: the fields of an object in a container. */
const fieldsOf: Model = (call) => {
  const kept: Value[] = [];
  const dict = dictAtom();
  for (const atom of first(call)) {
    if (atom.kind !== 'obj') continue;
    for (const [name, value] of atom.attrs) {
      kept.push(value);
      const key = textAtom(name);
      dict.entries.set(key.key, { name: key, value });
    }
  }
  if (call.path.endsWith('asdict')) return [dict];
  return seq('tuple', kept.length > 0 ? kept : [], kept.length > 0 ? [] : unknown);
};

/** A stand-in passes calls and attributes on to what it wraps, and calls its side effect. */
const standIn: Model = (call) => {
  const { keywords } = call.args;
  const held = joinAll([
    keywords.get('wraps') ?? [],
    keywords.get('side_effect') ?? [],
    keywords.get('new') ?? [],
  ]);
  const real = held.filter((atom) => ['lib', 'func', 'class', 'partial', 'obj'].includes(atom.kind));
  return real.length > 0 ? join(real, unknown) : undefined;
};

/** Counts by the things counted: they come back as keys. */
const counter: Model = (call) => {
  const made = dictAtom();
  for (const atom of call.args.positional.length > 0 ? first(call) : []) {
    if (atom.kind === 'dict') {
      for (const [key, entry] of atom.entries) made.entries.set(key, { ...entry });
      made.restKeys = atom.restKeys;
      made.rest = unknown;
      continue;
    }
    const items = call.m.parts.iterate([atom], call.node);
    for (const key of (items.exact ?? [items.any]).flat())
      if (key.kind === 'lib' || key.kind === 'func') made.entries.set(key.key, { name: key, value: unknown });
  }
  const held = [...made.entries.values()].flatMap(({ name }) =>
    name.kind === 'lib' || name.kind === 'func' ? [name] : [],
  );
  return held.length > 0 ? inst('collections.Counter', held) : undefined;
};

const counted = (call: LibCall): Value =>
  call.self?.kind === 'inst' ? join(call.self.data[0] ?? [], unknown) : unknown;

/** What `asyncio.wait` and `as_completed` give are the tasks that they were given. */
const tasks = (call: LibCall): Value => call.m.parts.iterate(first(call), call.node).any;

/** Library functions that give back what they were given, or parts of it. */
export const handedThroughModels: readonly [string, Model][] = [
  ...modelsFor('', {
    'dataclasses.asdict dataclasses.astuple attr.asdict attr.astuple attrs.asdict attrs.astuple': fieldsOf,
    'unittest.mock.MagicMock unittest.mock.Mock unittest.mock.AsyncMock unittest.mock.NonCallableMock unittest.mock.create_autospec mock.Mock mock.MagicMock':
      standIn,
    'collections.Counter': counter,
    'collections.Counter.most_common': (call) => seq('list', [], seq('tuple', [counted(call), unknown])),
    'collections.Counter.elements collections.Counter.keys collections.Counter.__iter__': (call) =>
      iter(undefined, counted(call)),
    'itertools.compress': (call) => iter(undefined, call.m.parts.iterate(first(call), call.node).any),
    'typing.final typing.runtime_checkable typing.no_type_check_decorator': first,
    'asyncio.as_completed': (call) => seq('list', [], tasks(call)),
    'asyncio.wait': (call) =>
      inst('coroutine', seq('tuple', [seq('set', [], tasks(call)), seq('set', [], tasks(call))])),
    'logging.setLogRecordFactory logging.setLoggerClass logging.LogRecord': (call) => {
      call.m.parts.escape(call.args, `\`${call.path}\``, call.node);
      return unknown;
    },
    'inspect.getmembers': (call) => {
      const builtin = first(call).some(
        (atom) => atom.kind === 'lib' && /^builtins\.[a-z_]+$/.test(atom.path),
      );
      for (const atom of first(call))
        if (atom.kind === 'lib' && isGuarded(atom.path))
          call.m.report(
            'internals.dynamic',
            call.node,
            `Goes through the members of \`${atom.path}\``,
            atom.route,
          );
      const members = first(call).map((atom): Value =>
        atom.kind === 'class' || atom.kind === 'obj' ? joinAll(atom.attrs.values()) : unknown,
      );
      // Functions of the language know their module by `__self__`.
      return seq('list', [], seq('tuple', [unknown, joinAll([...members, builtin ? lib('builtins') : []])]));
    },
  }),
  ...modelsFor('contextvars.', {
    'Context.__getitem__ Context.get': (call) =>
      joinAll(
        first(call).map((atom): Value =>
          atom.kind === 'inst'
            ? joinAll([atom.data[0] ?? [], call.m.stored.get(`${atom.key}.value`) ?? [], unknown])
            : unknown,
        ),
      ),
  }),
];
