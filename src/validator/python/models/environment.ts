import type { Machine } from '../interpret/machine.ts';
import { join, joinAll } from '../values/join.ts';
import { text, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';

const key = (name: string): string => `os.environ[${name}]`;

/** A variable that the program sets for itself. */
export function setVariable(m: Machine, name: Value, value: Value): void {
  for (const atom of name)
    if (atom.kind === 'text' && !atom.open)
      m.stored.set(key(atom.text), join(m.stored.get(key(atom.text)) ?? [], value));
}

/** A variable of the environment: what the program put there, folders that lie outside, otherwise anything. */
export function variable(m: Machine, name: Value): Value {
  return joinAll(
    name.map((atom): Value => {
      if (atom.kind !== 'text' || atom.open) return unknown;
      if (atom.text === 'HOME' || atom.text === 'USERPROFILE') return text('~');
      return join(m.stored.get(key(atom.text)) ?? [], unknown);
    }),
  );
}
