import { joinAll, knownTexts } from '../values/join.ts';
import { argsOf, inst, partial, seq, unknown } from '../values/make.ts';
import type { Args, Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { after, first } from './libCall.ts';

/** operator.attrgetter('a.b', 'c')(object). */
export const attrgetter: Model = (call) => inst('operator.attrgetter', ...call.args.positional);

export const applyAttributes: Model = (call) => {
  if (call.self?.kind !== 'inst') return unknown;
  const results = call.self.data.map((name) => dotted(call, first(call), name));
  return results.length === 1 ? (results[0] ?? unknown) : seq('tuple', results);
};

function dotted(call: LibCall, object: Value, name: Value): Value {
  const texts = knownTexts(name);
  if (!texts) return call.m.parts.attributeNamed(object, name, call.node);
  return joinAll(
    texts.map((path) => {
      let value = object;
      for (const part of path.split('.')) value = call.m.parts.attribute(value, part, call.node);
      return value;
    }),
  );
}

export const applyItems: Model = (call) => {
  if (call.self?.kind !== 'inst') return unknown;
  const results = call.self.data.map((key) => call.m.parts.subscript(first(call), key, call.node));
  return results.length === 1 ? (results[0] ?? unknown) : seq('tuple', results);
};

export const methodcaller: Model = (call) => [
  {
    kind: 'partial',
    key: `mc${call.node.start}`,
    target: inst('operator.methodcaller', first(call), packed(call.args)),
    args: argsOf(),
  },
];

function packed(args: Args): Value {
  return partial(unknown, after(args, 1));
}

export const applyMethod: Model = (call) => {
  if (call.self?.kind !== 'inst') return unknown;
  const [name, rest] = call.self.data;
  const given = rest?.[0];
  const method = call.m.parts.attributeNamed(first(call), name ?? unknown, call.node);
  return call.m.parts.call(method, given?.kind === 'partial' ? given.args : argsOf(), call.node);
};

export const binaryNames: Readonly<Record<string, string>> = {
  add: '+',
  concat: '+',
  iadd: '+',
  iconcat: '+',
  sub: '-',
  mul: '*',
  truediv: '/',
  floordiv: '//',
  mod: '%',
  pow: '**',
  lshift: '<<',
  rshift: '>>',
  xor: '^',
  or_: '|',
  and_: '&',
  matmul: '@',
  imod: '%',
  imul: '*',
  ipow: '**',
};
