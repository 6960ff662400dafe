import { inst, seq, text, unknown } from '../values/make.ts';
import { joinAll, oneText } from '../values/join.ts';
import type { Value } from '../values/value.ts';
import { formatFields } from './formatFields.ts';
import type { Model } from './libCall.ts';
import { first, modelsFor } from './libCall.ts';
import { stringOf } from './textTables.ts';

/** string.Formatter().format(template, *args) walks attributes like str.format. */
const formatter: Model = (call) => {
  const rest = { ...call.args, positional: call.args.positional.slice(1) };
  return joinAll(
    first(call).map((atom): Value =>
      atom.kind === 'text' ? formatFields(call.m, atom, rest, call.node) : unknown,
    ),
  );
};

const vformat: Model = (call) => {
  const items = call.m.parts.iterate(call.args.positional[1] ?? unknown, call.node);
  const keywords = new Map<string, Value>();
  for (const atom of call.args.positional[2] ?? [])
    if (atom.kind === 'dict')
      for (const entry of atom.entries.values())
        if (entry.name.kind === 'text') keywords.set(entry.name.text, entry.value);
  const args = { positional: items.exact ?? [], keywords, rest: [], keywordRest: unknown };
  return joinAll(
    first(call).map((atom): Value =>
      atom.kind === 'text' ? formatFields(call.m, atom, args, call.node) : unknown,
    ),
  );
};

const field: Model = (call) => {
  const name = first(call)[0];
  if (name?.kind !== 'text') return unknown;
  const items = call.m.parts.iterate(call.args.positional[1] ?? unknown, call.node);
  const keywords = new Map<string, Value>();
  for (const atom of call.args.positional[2] ?? [])
    if (atom.kind === 'dict')
      for (const entry of atom.entries.values())
        if (entry.name.kind === 'text') keywords.set(entry.name.text, entry.value);
  let value: Value = unknown;
  const [head = ''] = /^[^.[]*/.exec(name.text) ?? [];
  value = (/^\d+$/.test(head) ? items.exact?.[Number(head)] : keywords.get(head)) ?? unknown;
  for (const step of name.text.slice(head.length).matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
    if (step[1] !== undefined) value = call.m.parts.attribute(value, step[1], call.node);
    else value = call.m.parts.subscript(value, text(step[2] ?? ''), call.node);
  }
  return seq('tuple', [value, text(head)]);
};

/** `string.Template(text).substitute(name=value)`. */
const fillIn: Model = (call) => {
  const spelled = call.self?.kind === 'inst' ? oneText(call.self.data[0]) : undefined;
  if (spelled === undefined) return unknown;
  const names = new Map<string, Value>(call.args.keywords);
  for (const atom of first(call))
    if (atom.kind === 'dict')
      for (const entry of atom.entries.values())
        if (entry.name.kind === 'text') names.set(entry.name.text, entry.value);
  let known = true;
  const filled = spelled.replace(
    /\$(?:(\$)|(\w+)|\{(\w+)\})/g,
    (_, twice?: string, a?: string, b?: string) => {
      if (twice !== undefined) return '$';
      const value = stringOf(names.get(a ?? b ?? ''));
      known &&= value !== undefined;
      return value ?? '';
    },
  );
  return known ? text(filled) : unknown;
};

/** Formatters and templates. */
export const templateModels: readonly [string, Model][] = [
  ...modelsFor('string.', {
    Formatter: () => inst('string.Formatter'),
    Template: (call) => inst('string.Template', first(call)),
    'Template.substitute Template.safe_substitute': fillIn,
    'Formatter.format': formatter,
    'Formatter.vformat': vformat,
    'Formatter.get_field': field,
    capwords: () => unknown,
  }),
  ...modelsFor('logging.', {
    Formatter: (call) => {
      for (const atom of first(call))
        if (atom.kind === 'text' && /\{[^{}]*\.__\w+__/.test(atom.text))
          call.m.report('internals.dunder', call.node, 'Reads special attributes in a log format');
      return inst('logging.Formatter');
    },
  }),
];
