import { checkPattern } from '../bombs/patterns.ts';
import { oneInt, oneText } from '../values/join.ts';
import { inst, seq, text, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { modelsFor } from './libCall.ts';
import { linearPattern, replacementOf } from './linearPatterns.ts';

/** Pattern and what follows it in the arguments: the pattern of a compiled one is in the object. */
function given(call: LibCall): [Value, readonly Value[]] {
  const [head, ...rest] = call.args.positional;
  return call.self?.kind === 'inst'
    ? [call.self.data[0] ?? unknown, call.args.positional]
    : [head ?? unknown, rest];
}

/** `re.sub`: the replacement is called with each match, or put in place of it. */
const substitute: Model = (call) => {
  const [pattern, [replacement = unknown, subject = unknown, ...more]] = given(call);
  checkPattern(call.m, pattern, subject, call.node);
  if (replacement.some((atom) => atom.kind === 'func' || atom.kind === 'lib' || atom.kind === 'partial')) {
    call.m.parts.call(
      replacement,
      { positional: [inst('re.Match')], keywords: new Map(), rest: [], keywordRest: [] },
      call.node,
    );
    return unknown;
  }
  const [source, by, whole] = [pattern, replacement, subject].map((value) => oneText(value));
  if (source === undefined || by === undefined || whole === undefined) return unknown;
  if (more.length > 0 || call.args.keywords.size > 0) return unknown;
  const regex = linearPattern(source, whole, 'g');
  return regex ? text(whole.replace(regex, replacementOf(by))) : unknown;
};

/** `re.search` and its relatives: what the groups of a match hold. */
const search: Model = (call) => {
  const [pattern, [subject = unknown, ...more]] = given(call);
  checkPattern(call.m, pattern, subject, call.node);
  const [source, whole] = [pattern, subject].map((value) => oneText(value));
  if (source === undefined || whole === undefined || more.length > 0) return undefined;
  const start = /\.(match|fullmatch)$/.test(call.path) ? '^' : '';
  const found = linearPattern(source, whole) && linearPattern(start + source, whole)?.exec(whole);
  if (!found) return undefined;
  return inst(
    're.Match',
    seq(
      'tuple',
      found.map((group: string | undefined) => text(group ?? '')),
    ),
  );
};

/** `match.group(1, 2)`; without a number it is the whole match. */
const group: Model = (call) => {
  const groups = call.self?.kind === 'inst' ? call.self.data[0]?.[0] : undefined;
  if (groups?.kind !== 'seq') return unknown;
  const { positional } = call.args;
  const picked = (positional.length === 0 ? [undefined] : positional).map((place) => {
    const at = place === undefined ? 0n : oneInt(place);
    return at === undefined ? unknown : (groups.items[Number(at)] ?? unknown);
  });
  return picked.length === 1 ? (picked[0] ?? unknown) : seq('tuple', picked);
};

const groups: Model = (call) => {
  const all = call.self?.kind === 'inst' ? call.self.data[0]?.[0] : undefined;
  return all?.kind === 'seq' ? seq('tuple', all.items.slice(1)) : unknown;
};

/** `re.findall` and `re.split`: the parts of a text, in order. */
const parts: Model = (call) => {
  const [pattern, [subject = unknown, ...more]] = given(call);
  checkPattern(call.m, pattern, subject, call.node);
  const [source, whole] = [pattern, subject].map((value) => oneText(value));
  if (source === undefined || whole === undefined || more.length > 0) return undefined;
  const regex = linearPattern(source, whole, 'g');
  if (!regex) return undefined;
  if (call.path.endsWith('split'))
    return seq(
      'list',
      whole.split(regex).map((part: string | undefined) => text(part ?? '')),
    );
  const found = [...whole.matchAll(regex)].map(([all, ...inner]) =>
    inner.length > 1
      ? seq(
          'tuple',
          inner.map((part) => text(part)),
        )
      : text(inner[0] ?? all),
  );
  return seq('list', found);
};

const look: Model = (call) => {
  const [pattern, [subject]] = given(call);
  checkPattern(call.m, pattern, subject, call.node);
  return undefined;
};

/** Patterns: replacing and picking out of constants is followed. */
export const matchModels: readonly [string, Model][] = modelsFor('re.', {
  'sub subn': (call) =>
    call.path.endsWith('n') ? seq('tuple', [substitute(call) ?? unknown, unknown]) : substitute(call),
  'Pattern.sub': substitute,
  'Pattern.subn': (call) => seq('tuple', [substitute(call) ?? unknown, unknown]),
  'match search fullmatch Pattern.match Pattern.search Pattern.fullmatch': search,
  'findall split Pattern.findall Pattern.split': parts,
  'finditer Pattern.finditer': look,
  compile: (call) => inst('re.Pattern', call.args.positional[0] ?? unknown),
  'Match.group Match.__getitem__': group,
  'Match.groups': groups,
});
