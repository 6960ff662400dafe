import type { Atom, LibAtom, Route, Value } from './value.ts';

const longest = 8;

/** Notes on library values by what way they came here: out of a dict, from a function. */
export function via(value: Value, how: () => string, line: () => number): Value {
  if (!value.some(isOfLibrary)) return value;
  return value.map((atom): Atom => (atom.kind === 'lib' ? passed(atom, undefined, how(), line()) : atom));
}

/** Whether it is a library value, which is what routes are told of. */
export function isOfLibrary(atom: Atom): boolean {
  return atom.kind === 'lib';
}

/** The same for one value, which may get a name by it. */
export function passed(atom: LibAtom, name: string | undefined, how: string, line: number): LibAtom {
  if (stepsOf(atom.route).length >= longest) return atom;
  return { ...atom, route: { name, path: atom.path, how, line, before: atom.route } };
}

/**
 * The route in one sentence: "`run` is `subprocess.run`, imported at line 3 as `sp`, taken from the
 * dict at line 9". Empty when the code spells it out.
 */
export function routeText(route: Route | undefined): string[] {
  const steps = stepsOf(route);
  const last = steps.at(-1);
  if (last === undefined || steps.every(isPlain)) return [];
  const subject = !isPlain(last) && last.name !== undefined ? last : undefined;
  const path = last.path.replace(/^builtins\./, '');
  const phrases = [subject ? `\`${last.name}\` is \`${path}\`` : `\`${path}\``];
  for (const [at, step] of steps.entries()) {
    const place = step.line > 0 ? `at line ${step.line}` : 'in an earlier run';
    if (step.how !== 'assigned')
      phrases.push(
        step === subject || step.name === undefined || isPlain(step)
          ? `${step.how} ${place}`
          : `${step.how} ${place} as \`${step.name}\``,
      );
    else if (step !== subject) phrases.push(`named \`${step.name}\` ${place}`);
    else if (steps[at - 1]?.line !== step.line) phrases.push(`assigned ${place}`);
  }
  return [phrases.join(', ')];
}

/** First to last. */
function stepsOf(route: Route | undefined): Route[] {
  const steps: Route[] = [];
  for (let at = route; at !== undefined; at = at.before) steps.unshift(at);
  return steps;
}

/** `import os` and `from os import system`: the name says what it is. */
function isPlain({ name, path, how }: Route): boolean {
  return how === 'imported' && name !== undefined && (path === name || path.endsWith(`.${name}`));
}
