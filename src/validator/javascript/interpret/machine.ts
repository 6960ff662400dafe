import type { CheckOptions } from '../../options.ts';
import type { SyntaxNode } from '../../parse/tree.ts';
import type { Route } from '../../route.ts';
import { routeText } from '../../route.ts';
import type { Sighting } from '../../sighting.ts';
import type { StepBudget } from '../../stepBudget.ts';
import type { Scope } from '../scopes.ts';
import { makeScope } from '../scopes.ts';
import { policyOn } from '../policyNames.ts';
import { sinkOf } from '../sinks.ts';
import type { Sink } from '../sinks.ts';
import { Files } from './files.ts';
import { Flow, keyOf, unknown, unknownValue } from '../values.ts';
import type { FunctionValue, ObjectValue, RefValue } from '../values.ts';

const settled = 4;

/**
 * Follows values through a program without regard to order: a variable may hold whatever is ever
 * assigned to it. The program is walked until nothing new is learnt.
 */
export class Machine {
  readonly source: string;
  readonly options: CheckOptions;
  readonly top: Scope = makeScope(undefined, undefined);
  readonly sightings = new Map<string, Sighting>();
  /** Functions found so far; their bodies are walked once per pass. */
  readonly functions = new Map<SyntaxNode, FunctionValue>();
  readonly scopes = new Map<SyntaxNode, Scope>();
  /** Where each function was made. */
  readonly homes = new Map<FunctionValue, Scope>();
  /** Loops and functions without a way out as of the last pass, with what to say of them. */
  readonly endless = new Map<SyntaxNode, string>();
  /** Functions that run when a value is assigned. */
  readonly setters = new Set<FunctionValue>();
  /** What the program writes into files, and which of them it runs. */
  readonly files = new Files();
  /** Decorators whose work is followed. */
  readonly decorators = new Set<SyntaxNode>();
  readonly labels = new Map<SyntaxNode, string>();
  /** Stands for all that is thrown, wherever it is caught. */
  readonly thrown: SyntaxNode;
  changed = false;
  /** A call of a short function is looked at on its own. */
  inlining = false;
  pass = 0;
  readonly #budget: StepBudget;
  readonly #objects = new Map<string, ObjectValue>();
  readonly #sinks = new Map<string, Sink | null>();
  #lines: number[] | undefined;

  constructor(source: string, root: SyntaxNode, options: CheckOptions, budget: StepBudget) {
    this.#budget = budget;
    this.source = source;
    this.thrown = root;
    this.options = options;
  }

  textOf(node: SyntaxNode): string {
    return this.source.slice(node.start, node.end);
  }

  /** Counts work; a program that takes too much of it is refused, not waited for. */
  spend(steps: number): void {
    this.#budget.spend(steps);
  }

  /** Joins values into something that lasts, and notes whether that was news. */
  join(flow: Flow, values: Flow): void {
    this.spend(1 + values.items.size);
    if (this.pass <= settled) {
      if (flow.addAll(values)) this.changed = true;
      return;
    }
    // Texts that still grow are built from themselves: from here on they may be anything.
    for (const value of values) {
      const constant = value.kind === 'text' || value.kind === 'number';
      const known = !constant || flow.items.has(keyOf(value));
      if (flow.add(known ? value : unknownValue)) this.changed = true;
    }
  }

  report(node: SyntaxNode, rule: string, message: string, route?: Route): void {
    const key = `${rule} ${node.start} ${node.end}`;
    if (!this.sightings.has(key))
      this.sightings.set(key, {
        rule,
        start: node.start,
        end: node.end,
        message,
        route: routeText(route),
      });
  }

  /** A mention of something by its dotted name; says so where the mention alone matters. */
  mention(node: SyntaxNode, value: RefValue): RefValue {
    const sink = this.sinkOf(value.path);
    if (sink?.when === 'touch') this.report(node, sink.rule, `This ${sink.what}`, value.route);
    return value;
  }

  /** The table's row for a name, unless the policy allows it; what the policy denies comes first. */
  sinkOf(path: string): Sink | undefined {
    let sink = this.#sinks.get(path);
    if (sink === undefined) {
      sink = this.#findSink(path) ?? null;
      this.#sinks.set(path, sink);
    }
    return sink ?? undefined;
  }

  #findSink(path: string): Sink | undefined {
    const said = policyOn(path, this.options);
    if (said === 'denied') {
      const plain = path.replace(/^node:/, '');
      return { rule: 'policy.denied', what: `uses ${plain}, which the policy denies`, when: 'touch' };
    }
    if (said === 'allowed') return undefined;
    return sinkOf(path);
  }

  /** The object made at a place; the same one in every pass. */
  objectAt(node: SyntaxNode, use: string, array = false): ObjectValue {
    const key = `${node.start} ${node.end} ${use}`;
    let object = this.#objects.get(key);
    if (object === undefined) {
      const id = this.#objects.size;
      object = { kind: 'object', id, fields: new Map(), rest: new Flow(), parents: new Flow(), array };
      this.#objects.set(key, object);
    }
    return object;
  }

  /** Stores into a field; without a name, into the rest. */
  store(object: ObjectValue, name: string | undefined, values: Flow): void {
    let field = name === undefined ? object.rest : object.fields.get(name);
    // A program that invents names without end must not make us keep them all.
    if (field === undefined && object.fields.size > 4000) field = object.rest;
    if (field === undefined) object.fields.set(name ?? '', (field = new Flow()));
    this.join(field, values);
  }

  /** Everything that an object may hold. */
  contents(object: ObjectValue): Flow {
    const all = new Flow(...object.rest);
    this.spend(1 + object.rest.items.size + object.parents.items.size);
    for (const field of object.fields.values()) {
      this.spend(1 + field.items.size);
      all.addAll(field);
    }
    for (const parent of object.parents) if (parent.kind === 'ref') all.add(parent);
    return all.items.size === 0 ? unknown() : all;
  }

  /** Everything to tell, once the walk has ended. */
  finish(): readonly Sighting[] {
    for (const [node, message] of this.endless) this.report(node, 'bomb.loop', message);
    const all = [...this.sightings.values()];
    if (all.length > 1000) return all;
    // One way to one thing is told once: at the longest expression that names it.
    return all.filter(
      (one) => !all.some((other) => other !== one && other.rule === one.rule && isPart(one, other)),
    );
  }

  lineOf(node: SyntaxNode): number {
    if (this.#lines === undefined) {
      this.#lines = [];
      for (let at = this.source.indexOf('\n'); at >= 0; at = this.source.indexOf('\n', at + 1)) {
        this.#lines.push(at);
      }
    }
    let low = 0;
    let high = this.#lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle] ?? 0) < node.start) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }
}

function isPart(inner: Sighting, outer: Sighting): boolean {
  const short = outer.end - outer.start < 200 && outer.end - outer.start > inner.end - inner.start;
  return short && outer.start <= inner.start && inner.end <= outer.end;
}
