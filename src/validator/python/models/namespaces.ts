import { findMember, setMember } from '../interpret/classes.ts';
import { mayLeak } from '../library/openModules.ts';
import { isGuarded } from '../library/library.ts';
import { isHidden, join, joinAll, oneText } from '../values/join.ts';
import {
  classAtom,
  dictAtom,
  hidden,
  lib,
  namespace,
  none,
  objAtom,
  seq,
  text,
  unknown,
} from '../values/make.ts';
import type { Atom, Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { first, modelsFor, second } from './libCall.ts';
import { makeClass, typeOf } from './makeClass.ts';

const getattr: Model = (call) => {
  const found = call.m.parts.attributeNamed(first(call), second(call), call.node);
  const fallback = call.args.positional[2];
  return fallback ? join(found, fallback) : found;
};

const setattr: Model = (call) => {
  const value = call.args.positional[2] ?? unknown;
  for (const name of second(call)) {
    if (name.kind === 'text' && !name.open)
      call.m.parts.setAttribute(first(call), name.text, value, call.node);
    else {
      for (const target of first(call)) {
        if (target.kind === 'lib' && isGuarded(target.path))
          call.m.report(
            'internals.dynamic',
            call.node,
            `Replaces an attribute of \`${target.path}\` by a computed name`,
          );
        if (target.kind === 'obj' || target.kind === 'class')
          target.attrs.set('*', join(target.attrs.get('*') ?? [], value));
      }
      call.m.parts.escape(
        { positional: [value], keywords: new Map(), rest: [], keywordRest: [] },
        'an attribute',
        call.node,
      );
    }
  }
  return none;
};

const vars: Model = (call) => {
  const { m, node } = call;
  if (call.args.positional.length === 0) return namespace(m.frame.scope);
  return joinAll(first(call).map((atom) => namespaceOf(call, atom, node)));
};

function namespaceOf(call: LibCall, atom: Atom, node: LibCall['node']): Value {
  if (atom.kind === 'lib' && isGuarded(atom.path))
    call.m.report('internals.dynamic', node, `Takes the namespace of \`${atom.path}\``, atom.route);
  if (atom.kind === 'lib' || atom.kind === 'obj' || atom.kind === 'class' || atom.kind === 'func')
    return namespace(atom);
  return unknown;
}

/** Functions about names, attributes and classes. */
export const namespaceModels: readonly [string, Model][] = [
  ...modelsFor('builtins.', {
    getattr,
    setattr,
    delattr: () => none,
    hasattr: (call) => (first(call).some((atom) => atom.kind === 'lib') ? unknown : hasHook(call)),
    vars,
    locals: (call) => namespace(call.m.frame.scope),
    globals: (call) => namespace(call.m.module),
    dir: (call) =>
      isHidden(first(call))
        ? hidden
        : seq(
            'list',
            [],
            first(call).some((atom) => atom.kind === 'lib' && mayLeak(atom.path)) ? hidden : unknown,
          ),
    type: typeOf,
    'object type.__new__ type.__call__': (call) =>
      call.path === 'builtins.object'
        ? undefined
        : makeClass({ ...call, args: { ...call.args, positional: call.args.positional.slice(1) } }),
    'object.__getattribute__ type.__getattribute__ object.__getattr__': getattr,
    'object.__setattr__ type.__setattr__': (call) => plainSet(call),
    'isinstance issubclass callable': (call) => {
      for (const value of second(call)) {
        const hook =
          value.kind === 'class'
            ? value.meta.flatMap((meta) =>
                meta.kind === 'class'
                  ? (findMember(meta, '__instancecheck__') ?? findMember(meta, '__subclasscheck__') ?? [])
                  : [],
              )
            : [];
        if (hook.length > 0)
          call.m.parts.call(
            hook.map((h): Atom => (h.kind === 'func' ? { ...h, self: value } : h)),
            { ...call.args, positional: [first(call)] },
            call.node,
          );
      }
      return unknown;
    },
    super: (call) => {
      const owner = first(call).find((atom) => atom.kind === 'class');
      const self = second(call)[0];
      if (owner?.kind === 'class' && self)
        return [{ kind: 'super', key: `super(${owner.key},${self.key})`, owner, self }];
      return second(call).some((atom) => atom.kind === 'lib') ? second(call) : unknown;
    },
    property: (call) => [
      {
        kind: 'inst',
        key: `Iproperty${call.node.start}`,
        path: 'builtins.property',
        data: [argumentOr(call, 0, 'fget'), argumentOr(call, 1, 'fset')],
      },
    ],
    staticmethod: (call) => bound(call, 'static'),
    classmethod: (call) => bound(call, 'class'),
    __build_class__: () => unknown,
  }),
  ...modelsFor('inspect.', {
    getattr_static: getattr,
    getmembers: (call) => {
      for (const atom of first(call)) {
        if (atom.kind === 'lib' && isGuarded(atom.path))
          call.m.report(
            'internals.dynamic',
            call.node,
            `Goes through the members of \`${atom.path}\``,
            atom.route,
          );
      }
      const member = joinAll(
        first(call).map((atom): Value =>
          atom.kind === 'class' || atom.kind === 'obj' ? joinAll(atom.attrs.values()) : unknown,
        ),
      );
      return seq('list', [], seq('tuple', [unknown, member]));
    },
    unwrap: first,
    getdoc: () => hidden,
    getsource: () => unknown,
  }),
  ...modelsFor('types.', {
    SimpleNamespace: (call) => {
      const cls = classAtom('SimpleNamespace', [], lib('builtins.type'));
      const made = objAtom(cls);
      for (const [name, value] of call.args.keywords) made.attrs.set(name, value);
      for (const value of first(call))
        if (value.kind === 'dict')
          for (const entry of value.entries.values())
            if (entry.name.kind === 'text') made.attrs.set(entry.name.text, entry.value);
      return [made];
    },
    MappingProxyType: first,
    MethodType: (call) => {
      const self = second(call)[0];
      return joinAll(
        first(call).map((atom): Value =>
          atom.kind === 'func' && self
            ? [{ ...atom, self }]
            : [
                {
                  kind: 'partial',
                  key: `p${call.node.start}`,
                  target: [atom],
                  args: { positional: [second(call)], keywords: new Map(), rest: [], keywordRest: [] },
                },
              ],
        ),
      );
    },
    new_class: (call) => {
      const cls = classAtom(oneText(first(call)) ?? 'new', [unknown], lib('builtins.type'));
      cls.any = objAtom(cls);
      const body = dictAtom();
      const fill = call.args.positional[3] ?? call.args.keywords.get('exec_body');
      if (fill)
        call.m.parts.call(
          fill,
          { positional: [[body]], keywords: new Map(), rest: [], keywordRest: [] },
          call.node,
        );
      for (const entry of body.entries.values())
        if (entry.name.kind === 'text') setMember(cls, entry.name.text, entry.value);
      return [cls];
    },
    NoneType: () => none,
  }),
  ...modelsFor('argparse.', { Namespace: (call) => namespaceObject(call) }),
];

function namespaceObject(call: LibCall): Value {
  const made = objAtom(classAtom('Namespace', [unknown], lib('builtins.type')));
  for (const [name, value] of call.args.keywords) made.attrs.set(name, value);
  return [made];
}

function hasHook(call: LibCall): Value {
  const names = second(call);
  for (const atom of first(call)) {
    if (atom.kind === 'obj' && findMember(atom.cls, '__getattr__'))
      call.m.parts.attributeNamed([atom], names, call.node);
  }
  return unknown;
}

function argumentOr(call: LibCall, at: number, name: string): Value {
  return call.args.positional[at] ?? call.args.keywords.get(name) ?? unknown;
}

function bound(call: LibCall, binding: 'static' | 'class'): Value {
  return first(call).map((atom): Atom =>
    atom.kind === 'func'
      ? { ...atom, binding }
      : { kind: 'inst', key: `I${binding}(${atom.key})`, path: `builtins.${binding}method`, data: [[atom]] },
  );
}

/** `object.__setattr__(self, name, value)` does not run the program's own hook. */
function plainSet(call: LibCall): Value {
  const value = call.args.positional[2] ?? unknown;
  for (const atom of first(call)) {
    for (const name of second(call)) {
      if (name.kind !== 'text') continue;
      if (atom.kind === 'obj') {
        atom.attrs.set(name.text, join(atom.attrs.get(name.text) ?? [], value));
        if (atom.cls.any)
          atom.cls.any.attrs.set(name.text, join(atom.cls.any.attrs.get(name.text) ?? [], value));
      } else call.m.parts.setAttribute([atom], name.text, value, call.node);
    }
  }
  return text('');
}
