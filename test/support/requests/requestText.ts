import {
  definition,
  instructionLines,
  textOf,
  toolLines,
  toolsOf,
  withInstructions,
} from './instructionLines.ts';
import type { Body } from './plainRequests.ts';
import { indented, valueLines } from './valueLines.ts';

/**
 * Requests for reading: each says what it has other than the one before it, and the first what it has
 * other than the standard one. Nothing else of a request is left out.
 */
export function requestText(sent: readonly Body[], standard: Body): string[] {
  const bodies = sent.map((body) => withInstructions(body, standard));
  const parts = (body: Body): readonly string[] =>
    [
      settingsLines(body),
      instructionLines(body, standard),
      toolLines(body, standard),
      cacheLines(body),
    ].flatMap((lines) => (lines.length === 0 ? [] : [lines.join('\n')]));
  const texts: string[][] = [];
  let before: Body | undefined;
  for (const body of bodies) {
    const known = parts(before ?? standard);
    const changed = parts(body).filter((part) => !known.includes(part));
    texts.push([...changed.flatMap((part) => part.split('\n')), ...messageLines(body, before)]);
    before = body;
  }
  return texts.flatMap((lines, at) => {
    if (lines.length > 0) return [`request ${at + 1}`, ...indented(lines)];
    if (texts[at + 1]?.length === 0) return [];
    const first = texts.findLastIndex((each, index) => index < at && each.length > 0) + 1;
    return [`request ${first === at ? '' : `${first + 1} to `}${at + 1}: the same again`];
  });
}

/** The standard request as a whole, which the others are told by. */
export function wholeLines(standard: Body): string[] {
  return [
    ...settingsLines(standard),
    ...cacheLines(standard),
    ...valueLines('instructions', textOf(standard['system'])),
    ...toolsOf(standard).flatMap((tool) => [`tool ${tool.name}`, ...indented(definition(tool))]),
    ...messageLines(standard, undefined),
  ];
}

/** All that is not said elsewhere. */
function settingsLines({ system: _system, tools: _tools, messages: _messages, ...rest }: Body): string[] {
  const { cache_control: _mark, ...settings } = rest;
  return Object.keys(settings).length === 0 ? [] : valueLines('settings', settings);
}

function cacheLines(body: Body): string[] {
  const marked = (value: unknown): boolean => JSON.stringify(value ?? null).includes('"cache_control"');
  const messages = messagesOf(body);
  const places = [
    ...(body['cache_control'] === undefined ? [] : ['all']),
    ...['tools', 'system'].filter((key) => marked(body[key])),
    ...messages.flatMap((message, at) =>
      marked(message)
        ? [at === messages.length - 1 ? 'the last message' : `message ${at - messages.length}`]
        : [],
    ),
  ];
  return [`cached up to: ${places.join(', ') || 'nothing'}`];
}

interface Message {
  readonly role: string;
  readonly content?: unknown;
}

function messageLines(body: Body, before: Body | undefined): string[] {
  const messages = messagesOf(body).map(withoutMarks);
  const known = before === undefined ? [] : messagesOf(before).map(withoutMarks);
  let same = 0;
  while (same < messages.length && JSON.stringify(messages[same]) === JSON.stringify(known[same])) same += 1;
  if (same === messages.length && same === known.length) return [];
  const kept =
    same === known.length && same > 0 ? [] : [`(after ${same} messages that it shares with the one before)`];
  return [
    ...(before === undefined ? [] : kept),
    ...messages
      .slice(same)
      .flatMap(({ role, content, ...rest }) => [
        role,
        ...indented([
          ...(Array.isArray(content)
            ? (content as unknown[]).flatMap(blockLines)
            : valueLines('text', content)),
          ...Object.entries(rest).flatMap(([key, value]) => valueLines(key, value)),
        ]),
      ]),
  ];
}

function messagesOf(body: Body): readonly Message[] {
  return Array.isArray(body['messages']) ? (body['messages'] as Message[]) : [];
}

/** As it is read by the model: a text alone is the same as a list with that text. */
function withoutMarks(message: Message): Message {
  const text = JSON.stringify(message, (key, value: unknown) => {
    if (key === 'cache_control') return undefined;
    return key === 'content' && typeof value === 'string' ? [{ type: 'text', text: value }] : value;
  });
  return JSON.parse(text) as Message;
}

function blockLines(block: unknown): string[] {
  if (typeof block !== 'object' || block === null) return valueLines('-', block);
  const { type, ...fields } = block as Readonly<Record<string, unknown>>;
  if (type === 'text' && Object.keys(fields).join() === 'text') return valueLines('text', fields['text']);
  const lines = Object.entries(fields).flatMap(([key, value]) =>
    key === 'content' && Array.isArray(value)
      ? (value as unknown[]).flatMap(blockLines)
      : valueLines(key, value),
  );
  return [typeof type === 'string' ? type : 'part', ...indented(lines)];
}
