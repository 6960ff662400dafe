import { lineChanges } from './lineChanges.ts';
import { ofThisMachine, type Body } from './plainRequests.ts';
import { indented, valueLines } from './valueLines.ts';

/** The instructions of a request by what they differ in from the standard ones, part by part. */
export function instructionLines(body: Body, standard: Body): string[] {
  const own = partsOf(textOf(body['system']));
  const usual = partsOf(textOf(standard['system']));
  if (own.size === 0) return ['instructions: none'];
  if (![...usual].some(([title, text]) => own.get(title) === text))
    return valueLines('instructions', textOf(body['system']));
  const words = ['standard'];
  const details: string[] = [];
  for (const title of new Set([...usual.keys(), ...own.keys()])) {
    const [before, after] = [usual.get(title), own.get(title)];
    if (before === after) continue;
    if (after === undefined) words.push(`without "${title}"`);
    // What is said of each sandbox is kept by the unit tests.
    else if (after.endsWith(ofThisMachine)) words.push('"The sandbox" is that of the machine');
    else {
      words.push(`another "${title}"`);
      details.push(...indented(lineChanges(before?.split('\n') ?? [], after.split('\n'))));
    }
  }
  return [`instructions: ${words.join(', ')}`, ...details];
}

/**
 * Models of the editor are given the instructions in front of the first words of the person. Takes them
 * out of there, so that they are told as the others are.
 */
export function withInstructions(body: Body, standard: Body): Body {
  const [first, ...others] = (Array.isArray(body['messages']) ? body['messages'] : []) as Message[];
  if (body['system'] !== undefined || !Array.isArray(first?.content)) return body;
  const [block, ...blocks] = first.content as Part[];
  const [opening = ''] = textOf(standard['system']).split('\n', 1);
  if (block?.text?.startsWith(opening) !== true) return body;
  return {
    ...body,
    instructionsIn: 'the first message',
    system: block.text,
    messages: [{ ...first, content: blocks }, ...others],
  };
}

interface Message {
  readonly content?: string | readonly Part[];
}

interface Part {
  readonly text?: string;
}

/** The tools by name; those that are not as usual with what is different. */
export function toolLines(body: Body, standard: Body): string[] {
  const usual = new Map(toolsOf(standard).map((tool) => [tool.name, definition(tool)]));
  const tools = toolsOf(body);
  if (tools.length === 0) return ['tools: none'];
  const details = tools.flatMap((tool) => {
    const [before, after] = [usual.get(tool.name), definition(tool)];
    if (before === undefined) return [`  ${tool.name} is not a standard one:`, ...indented(indented(after))];
    if (before.join('\n') === after.join('\n')) return [];
    return [`  ${tool.name} is another one:`, ...indented(indented(lineChanges(before, after)))];
  });
  const names = tools.map(({ name }) => name);
  const all = names.join() === [...usual.keys()].join();
  return [`tools: ${all ? 'all' : names.join(', ')}`, ...details];
}

interface Tool {
  readonly name: string;
}

export function toolsOf(body: Body): readonly Tool[] {
  return Array.isArray(body['tools']) ? (body['tools'] as Tool[]) : [];
}

export function definition({ name: _name, ...rest }: Tool): string[] {
  const { cache_control: _mark, ...shown } = rest as Readonly<Record<string, unknown>>;
  return Object.entries(shown).flatMap(([key, value]) => valueLines(key, inOrder(value)));
}

/** Schemas mean the same in whatever order their keys stand, which is another one for each kind of model. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, inOrder(each)]));
}

export function textOf(system: unknown): string {
  if (typeof system === 'string') return system;
  if (!Array.isArray(system)) return '';
  return (system as { readonly text?: string }[]).map(({ text }) => text ?? '').join('\n');
}

/** The parts of instructions by their headings; what stands before the first one has none. */
function partsOf(text: string): ReadonlyMap<string, string> {
  if (text === '') return new Map();
  return new Map(
    text.split(/^(?=# )/m).map((part) => [/^# (.*)/.exec(part)?.[1] ?? '', part.trim()] as const),
  );
}
