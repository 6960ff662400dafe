/** One step of the way by which code reaches something; `before` is the step before it. */
export interface Route {
  /** The name that it got by this step, where it got one. */
  readonly name: string | undefined;
  /** What it was at this step, as people write it. */
  readonly path: string;
  /** In the words of a sentence: `required`, `imported`, `assigned`, `taken from the object`. */
  readonly how: string;
  /** Counted from 1; in an earlier run of a session, 0. */
  readonly line: number;
  readonly before: Route | undefined;
  readonly length: number;
}

const mostSteps = 8;

/** A route with one step more; a very long one stays as it is. */
export function further(
  before: Route | undefined,
  step: {
    readonly name?: string | undefined;
    readonly path: string;
    readonly how: string;
    readonly line: number;
  },
): Route | undefined {
  const length = (before?.length ?? 0) + 1;
  return length > mostSteps ? before : { ...step, name: step.name, before, length };
}

/**
 * The route in one sentence: "`go` is `child_process.exec`, required at line 1, taken from the object at
 * line 3". Empty when the code spells it out, which `isPlain` tells of each step.
 */
export function routeText(route: Route | undefined, isPlain = spellsItOut): string[] {
  const steps = stepsOf(route);
  const last = steps.at(-1);
  if (last === undefined || steps.every(isPlain)) return [];
  const subject = last.name !== undefined && !isPlain(last) ? last : undefined;
  const path = last.path.replace(/^builtins\./, '');
  const phrases = [subject === undefined ? `\`${path}\`` : `\`${last.name}\` is \`${path}\``];
  for (const [at, step] of steps.entries()) {
    const place = step.line > 0 ? `at line ${step.line}` : 'in an earlier run';
    const named = step !== subject && step.name !== undefined && !isPlain(step);
    if (step.how !== 'assigned') {
      phrases.push(`${step.how} ${place}${named ? ` as \`${step.name}\`` : ''}`);
      continue;
    }
    // Said already: what is required and assigned in one line, and names that say what they are.
    const sameLine = steps[at - 1]?.line === step.line;
    if (named) phrases.push(`named \`${step.name}\` ${place}`);
    else if (step === subject && !sameLine) phrases.push(`assigned ${place}`);
  }
  return [phrases.join(', ')];
}

/** First to last. */
function stepsOf(route: Route | undefined): Route[] {
  const steps: Route[] = [];
  for (let at = route; at !== undefined; at = at.before) steps.unshift(at);
  return steps;
}

/** `import fs from 'fs'` and `const { exec } = require('child_process')`: the name says what it is. */
function spellsItOut({ name, path, how }: Route): boolean {
  const says = name !== undefined && (path === name || path.endsWith(`.${name}`));
  return says ? /^(imported|required|assigned)$/.test(how) : how === 'required' && name === undefined;
}
