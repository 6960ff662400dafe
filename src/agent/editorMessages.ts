import { ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { z } from 'zod';
import { textOf } from './conversationText.ts';
import { isReply } from './isReply.ts';

/** A message as the editor's language models take it: two roles, text, calls, results, pictures as base64. */
export interface EditorMessage {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly EditorMessagePart[];
}

export type EditorMessagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly type: string; readonly data: string }
  | { readonly kind: 'call'; readonly id: string; readonly name: string; readonly input: object }
  | { readonly kind: 'result'; readonly callId: string; readonly text: string };

/**
 * The conversation for an editor's model. There is no role for instructions, so they go with the
 * person's first words. Not every such model can see: without `images` they are only named.
 */
export function editorMessages(messages: readonly BaseMessage[], images: boolean): EditorMessage[] {
  const out: EditorMessage[] = [];
  for (const message of messages) {
    const { role, parts } = converted(message, images);
    const last = out.at(-1);
    if (last?.role === role) out[out.length - 1] = { role, parts: [...last.parts, ...parts] };
    else out.push({ role, parts });
  }
  return out.filter(({ parts }) => parts.length > 0).map(resultsFirst);
}

/** The answers to calls come before everything else that is said with them. */
function resultsFirst({ role, parts }: EditorMessage): EditorMessage {
  const results = parts.filter(({ kind }) => kind === 'result');
  return { role, parts: [...results, ...parts.filter(({ kind }) => kind !== 'result')] };
}

function converted(message: BaseMessage, images: boolean): EditorMessage {
  const text = textOf(message);
  const said: EditorMessagePart[] = text.trim() === '' ? [] : [{ kind: 'text', text }];
  const pictures = imagesOf(message);
  const note =
    images || pictures.length === 0 ? '' : `\n(There are ${pictures.length} pictures, which you can't see.)`;
  if (ToolMessage.isInstance(message)) {
    const result = { kind: 'result', callId: message.tool_call_id, text: text + note } as const;
    return { role: 'user', parts: [result, ...(images ? pictures : [])] };
  }
  if (!isReply(message)) {
    const noted: EditorMessagePart[] = note === '' ? said : [...said, { kind: 'text', text: note.trim() }];
    return { role: 'user', parts: images ? [...said, ...pictures] : noted };
  }
  const calls = (message.tool_calls ?? []).map((call): EditorMessagePart => ({
    kind: 'call',
    id: call.id ?? '',
    name: call.name,
    input: call.args,
  }));
  return { role: 'assistant', parts: [...said, ...calls] };
}

const imageShape = z.object({
  type: z.literal('image'),
  source: z.object({ media_type: z.string(), data: z.string() }),
});

function imagesOf(message: BaseMessage): EditorMessagePart[] {
  if (typeof message.content === 'string') return [];
  return message.content.flatMap((block): EditorMessagePart[] => {
    const image = imageShape.safeParse(block);
    if (!image.success) return [];
    const { media_type: type, data } = image.data.source;
    return [{ kind: 'image', type, data }];
  });
}
