import type { Machine } from './machine.ts';

/** `_Class__name` is how a name that a class keeps to itself, `__name`, is reached from outside. */
export function unmangled(m: Machine, name: string): string {
  if (!name.startsWith('_') || name.startsWith('__')) return name;
  const at = name.indexOf('__', 1);
  if (at < 0) return name;
  const owner = name.slice(1, at);
  return m.classes.some((cls) => cls.name.replace(/^_+/, '') === owner) ? name.slice(at) : name;
}
