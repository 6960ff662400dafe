import { argument } from '../interpret/arguments.ts';
import { join, joinAll, oneText } from '../values/join.ts';
import {
  bool,
  classAtom,
  dictAtom,
  float,
  int,
  lib,
  none,
  objAtom,
  seq,
  text,
  unknown,
} from '../values/make.ts';
import type { Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { first, modelsFor } from './libCall.ts';

const longest = 20_000;

/** json.loads of a text that the program spells out. */
const parsed: Model = (call) => {
  // Hooks are called with what is read, and say what comes out.
  if (call.args.keywords.size > 0 || call.args.keywordRest.length > 0) return undefined;
  return joinAll(
    first(call).map((atom): Value => {
      if ((atom.kind !== 'text' && atom.kind !== 'bytes') || (atom.kind === 'text' && atom.open))
        return unknown;
      if (atom.text.length > longest) return unknown;
      try {
        return valueOf(JSON.parse(atom.text) as unknown, 0);
      } catch {
        return unknown;
      }
    }),
  );
};

function valueOf(data: unknown, depth: number): Value {
  if (depth > 16) return unknown;
  if (data === null) return none;
  switch (typeof data) {
    case 'string':
      return text(data);
    case 'boolean':
      return bool(data);
    case 'number':
      return Number.isSafeInteger(data) ? int(data) : float(data);
    default:
  }
  if (Array.isArray(data))
    return seq(
      'list',
      data.map((item: unknown) => valueOf(item, depth + 1)),
    );
  const made = dictAtom();
  for (const [name, item] of Object.entries(data as object)) {
    const [key] = text(name);
    if (key) made.entries.set(key.key, { name: key, value: valueOf(item, depth + 1) });
  }
  return [made];
}

const optionsKey = 'argparse.options';

/** An option of the command line: its default is what the program uses when nobody says otherwise. */
const addArgument: Model = (call) => {
  const fallback = argument(call.args, -1, 'default');
  const type = call.args.keywords.get('type');
  const names = call.args.positional.map((value) => oneText(value) ?? '');
  const long = names.find((name) => name.startsWith('--')) ?? names[0] ?? '';
  const name = oneText(call.args.keywords.get('dest')) ?? long.replace(/^-+/, '').replaceAll('-', '_');
  if (type)
    call.m.parts.escape(
      { ...call.args, positional: [], keywords: new Map([['type', type]]) },
      'a parser',
      call.node,
    );
  if (fallback && name !== '') {
    const key = `${optionsKey}.${name}`;
    call.m.stored.set(key, join(call.m.stored.get(key) ?? [], fallback));
  }
  return unknown;
};

function options(call: LibCall): Value {
  const made = objAtom(classAtom('Namespace', [unknown], lib('builtins.type')));
  for (const [key, value] of call.m.stored)
    if (key.startsWith(`${optionsKey}.`))
      made.attrs.set(key.slice(optionsKey.length + 1), join(value, unknown));
  return [made];
}

/** Data that stands in the program and comes back through a library: JSON, options of the command line. */
export const givenDataModels: readonly [string, Model][] = [
  ...modelsFor('', { 'json.loads simplejson.loads ujson.loads orjson.loads': parsed }),
  ...modelsFor('argparse.', {
    'ArgumentParser.add_argument Group.add_argument': addArgument,
    'ArgumentParser.parse_args ArgumentParser.parse_intermixed_args': options,
    'ArgumentParser.parse_known_args': (call) => seq('tuple', [options(call), seq('list', [], unknown)]),
    'ArgumentParser.set_defaults': (call) => {
      for (const [name, value] of call.args.keywords) call.m.stored.set(`${optionsKey}.${name}`, value);
      return unknown;
    },
  }),
];
