import type { Parsed, SyntaxNode } from '../parse/tree.ts';
import { isFunction } from './scopes.ts';

/** The same letters to people, of the same length, and no keywords. */
const stand: Readonly<Record<string, string>> = { await: '\uFF41wait', yield: '\uFF59ield' };
const wordLength = 5;

/**
 * In a script, `await` and `yield` may be names, and what follows them is then called or read. The grammar
 * takes them for keywords. Gives the text with such names in other letters; undefined where it read them right.
 */
export function withPlainNames({ text, root }: Parsed): string | undefined {
  if (!/\b(await|yield)\b/.test(text)) return undefined;
  const words = wordsOutside(text, root);
  // A module may wait at its top: only where something else is done with the word is it a name.
  const isName = words.some(({ word, name }) => word === 'await' && name);
  const names = words.filter(({ word }) => word === 'yield' || isName);
  if (!names.some(({ keyword }) => keyword)) return undefined;
  const pieces: string[] = [];
  let at = 0;
  for (const { start, word } of names.sort((a, b) => a.start - b.start)) {
    pieces.push(text.slice(at, start), stand[word] ?? word);
    at = start + wordLength;
  }
  return pieces.join('') + text.slice(at);
}

/** A text of a finding with the names as the program has them. */
export function asWritten(told: string): string {
  return told.replace(/\uFF41(?=wait)/g, 'a').replace(/\uFF59(?=ield)/g, 'y');
}

interface Place {
  readonly word: string;
  readonly start: number;
  /** The grammar took it for a keyword. */
  readonly keyword: boolean;
  /** It stands where only a name can. */
  readonly name: boolean;
}

interface Around {
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | undefined;
  /** The words are keywords here. */
  readonly waits: boolean;
  readonly yields: boolean;
}

/** The words outside of the functions in which they are keywords. */
function wordsOutside(text: string, root: SyntaxNode): Place[] {
  const places: Place[] = [];
  const open: Around[] = [{ node: root, parent: undefined, waits: false, yields: false }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, parent } = at;
    const word = text.slice(node.start, node.start + wordLength);
    const keyword = node.type === 'await_expression' || node.type === 'yield_expression';
    const identifier = node.type === 'identifier' && node.end === node.start + wordLength;
    if ((keyword || identifier) && ((word === 'await' && !at.waits) || (word === 'yield' && !at.yields)))
      places.push({ word, start: node.start, keyword, name: identifier && bindsOrHands(node, parent) });
    const head = isFunction(node) ? headOf(text, node) : undefined;
    const arrow = node.type === 'arrow_function';
    const waits = head === undefined ? at.waits : /\basync\b/.test(head);
    const yields = head === undefined || (arrow && at.yields) ? at.yields : /\*\s*(\w+\s*)?$/.test(head);
    for (const child of node.children) open.push({ node: child, parent: node, waits, yields });
  }
  return places;
}

/** A keyword needs something after it: it is not declared, assigned to, or handed on alone. */
function bindsOrHands(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  switch (parent?.type) {
    case 'formal_parameters':
    case 'required_parameter':
    case 'arguments':
    case 'array':
    case 'array_pattern':
    case 'rest_pattern':
      return true;
    case 'variable_declarator':
    case 'function_declaration':
      return node.field === 'name';
    case 'assignment_expression':
    case 'augmented_assignment_expression':
    case 'assignment_pattern':
      return node.field === 'left';
    case 'arrow_function':
    case 'catch_clause':
      return node.field === 'parameter';
    default:
      return false;
  }
}

/** What stands before the parameters of a function, and before the name of a method. */
function headOf(text: string, node: SyntaxNode): string {
  const method = node.type === 'method_definition';
  const until = node.children.find(({ field }) =>
    method ? field === 'name' : field === 'parameters' || field === 'parameter',
  );
  const end = until?.start ?? node.start;
  return text.slice(node.start, Math.min(end, node.start + 100));
}
