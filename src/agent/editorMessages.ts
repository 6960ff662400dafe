import { ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { textOf } from './conversationText.ts';
import { isReply } from './tryModel.ts';

/** A message as the editor's language models take it: two roles, text, calls and their results. */
export interface EditorMessage {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly EditorMessagePart[];
}

export type EditorMessagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly id: string; readonly name: string; readonly input: object }
  | { readonly kind: 'result'; readonly callId: string; readonly text: string };

/**
 * The conversation for an editor's model. There is no role for instructions, so they go with the
 * person's first words; images are only named, since not every such model can see.
 */
export function editorMessages(messages: readonly BaseMessage[]): EditorMessage[] {
  const out: EditorMessage[] = [];
  for (const message of messages) {
    const { role, parts } = converted(message);
    const last = out.at(-1);
    if (last?.role === role) out[out.length - 1] = { role, parts: [...last.parts, ...parts] };
    else out.push({ role, parts });
  }
  return out.filter(({ parts }) => parts.length > 0);
}

function converted(message: BaseMessage): EditorMessage {
  const text = textOf(message);
  const said: EditorMessagePart[] = text.trim() === '' ? [] : [{ kind: 'text', text }];
  if (ToolMessage.isInstance(message))
    return {
      role: 'user',
      parts: [{ kind: 'result', callId: message.tool_call_id, text: text + imageNote(message) }],
    };
  if (!isReply(message)) return { role: 'user', parts: said };
  const calls = (message.tool_calls ?? []).map((call): EditorMessagePart => ({
    kind: 'call',
    id: call.id ?? '',
    name: call.name,
    input: call.args,
  }));
  return { role: 'assistant', parts: [...said, ...calls] };
}

function imageNote(message: ToolMessage): string {
  if (typeof message.content === 'string') return '';
  const images = message.content.filter((block) => block.type === 'image').length;
  return images === 0 ? '' : `\n(${images} image(s) were made and shown to the person.)`;
}
