import { single } from '../values/join.ts';
import { dictAtom, hidden, int, text, unknown } from '../values/make.ts';
import type { Args, Value } from '../values/value.ts';

export function stringOf(value: Value | undefined): string | undefined {
  const atom = single(value);
  if (atom?.kind === 'bytes') return atom.text;
  return atom?.kind === 'text' && !atom.open ? atom.text : undefined;
}

/** str.maketrans: a dict from code points to what replaces them. */
export function maketrans(args: Args): Value {
  const [from, to, drop] = args.positional.map(stringOf);
  const dict = dictAtom();
  const put = (code: number, value: Value): void => {
    const [key] = int(code);
    if (key) dict.entries.set(key.key, { name: key, value });
  };
  const mapping = single(args.positional[0]);
  if (mapping?.kind === 'dict') {
    for (const entry of mapping.entries.values()) {
      if (entry.name.kind === 'text') put(entry.name.text.codePointAt(0) ?? 0, entry.value);
      else if (entry.name.kind === 'int') put(Number(entry.name.value), entry.value);
    }
    return mapping.rest.length > 0 ? unknown : [dict];
  }
  if (from === undefined || to === undefined) return unknown;
  const targets = [...to];
  [...from].forEach((character, at) => {
    put(character.codePointAt(0) ?? 0, text(targets[at] ?? ''));
  });
  for (const character of drop ?? '') put(character.codePointAt(0) ?? 0, text(''));
  return [dict];
}

export function translate(value: string, table: Value | undefined, again: (value: string) => Value): Value {
  const dict = single(table);
  if (dict?.kind === 'bytes' && dict.text.length === 256)
    return again([...value].map((c) => dict.text[c.charCodeAt(0)] ?? '').join(''));
  if (dict?.kind !== 'dict' || dict.rest.length > 0) return hidden;
  let result = '';
  for (const character of value) {
    const entry = dict.entries.get(`i${character.codePointAt(0) ?? 0}`);
    const atom = single(entry?.value);
    if (!entry) result += character;
    else if (atom?.kind === 'text' && !atom.open) result += atom.text;
    else if (atom?.kind === 'int') result += String.fromCodePoint(Number(atom.value));
    else if (atom?.kind !== 'none') return hidden;
  }
  return again(result);
}
