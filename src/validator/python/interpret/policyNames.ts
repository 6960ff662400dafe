import type { Route } from '../../route.ts';
import type { CheckOptions } from '../../options.ts';
import type { SyntaxNode } from '../../parse/tree.ts';
import { builtinNames } from '../library/builtinNames.ts';
import { canonical } from '../library/library.ts';
import type { Atom, MethodAtom } from '../values/value.ts';
import type { Machine } from './machine.ts';

interface PolicyNames {
  readonly allowedModules: readonly string[];
  readonly allowedCalls: ReadonlySet<string>;
  readonly deniedModules: readonly string[];
  readonly deniedCalls: readonly string[];
  /** The denied calls that may be methods, by the name of the method. */
  readonly deniedMethods: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<CheckOptions, PolicyNames>();

/** The names of a policy as this check knows them: `open` is `builtins.open`, `posix.kill` is `os.kill`. */
function namesOf(options: CheckOptions): PolicyNames {
  let names = known.get(options);
  if (names === undefined) {
    const deniedCalls = (options.deniedCalls ?? []).map(callName);
    const methods = new Map<string, string[]>();
    for (const full of deniedCalls) {
      if (full.split('.').length < 3) continue;
      const last = full.slice(full.lastIndexOf('.') + 1);
      methods.set(last, [...(methods.get(last) ?? []), full]);
    }
    names = {
      allowedModules: (options.allowedModules ?? []).map(canonical),
      allowedCalls: new Set((options.allowedCalls ?? []).map(callName)),
      deniedModules: (options.deniedModules ?? []).flatMap((name) => [...new Set([name, canonical(name)])]),
      deniedCalls,
      deniedMethods: methods,
    };
    known.set(options, names);
  }
  return names;
}

function callName(name: string): string {
  const top = name.split('.')[0] ?? name;
  return builtinNames.has(top) ? `builtins.${name}` : canonical(name);
}

function within(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}.`);
}

/** Whether the policy lets this name pass. */
export function allowed(m: Machine, path: string): boolean {
  const { allowedCalls, allowedModules } = namesOf(m.options);
  return allowedCalls.has(path) || allowedModules.some((module) => within(path, module));
}

/** Reports a module that the policy denies. */
export function checkDeniedModule(
  m: Machine,
  path: string,
  node: SyntaxNode,
  how: string,
  route?: Route,
): void {
  const { deniedModules } = namesOf(m.options);
  if (deniedModules.some((name) => within(path, name)))
    m.report('policy.denied', node, `${how} \`${path}\`, which the policy denies`, route);
}

/** Reports a call that the policy denies; a denied class or module takes what is in it along. */
export function checkDeniedCall(m: Machine, path: string, node: SyntaxNode, route: Route | undefined): void {
  if (namesOf(m.options).deniedCalls.some((name) => within(path, name)))
    m.report(
      'policy.denied',
      node,
      `Calls \`${path.replace(/^builtins\./, '')}\`, which the policy denies`,
      route,
    );
}

/** The same for a method; of an object that is not known it may be the denied one. */
export function checkDeniedMethod(m: Machine, { self, name }: MethodAtom, node: SyntaxNode): void {
  const type = typeOf(self);
  if (type !== undefined && type !== '') {
    checkDeniedCall(m, `${type}.${name}`, node, undefined);
    return;
  }
  for (const full of namesOf(m.options).deniedMethods.get(name) ?? []) {
    const top = full.slice(0, full.indexOf('.'));
    if (type === undefined && m.parsed.text.includes(top))
      m.report('policy.denied', node, `Calls what may be \`${full}\`, which the policy denies`);
  }
}

/** The class of an object; empty for objects of the program, undefined when it is not known. */
function typeOf(atom: Atom): string | undefined {
  switch (atom.kind) {
    case 'inst':
      return atom.path;
    case 'text':
      return 'builtins.str';
    case 'seq':
      return `builtins.${atom.type}`;
    case 'bytes':
    case 'dict':
    case 'int':
    case 'float':
    case 'bool':
      return `builtins.${atom.kind}`;
    case 'lib':
      return atom.path;
    case 'unknown':
    case 'method':
      return undefined;
    default:
      return '';
  }
}
