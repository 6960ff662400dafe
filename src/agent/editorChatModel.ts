import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models';
import { AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import { convertToOpenAITool } from '@langchain/core/utils/function_calling';
import { editorMessages, type EditorMessage } from './editorMessages.ts';

/** A tool as an editor's model is told of it. */
export interface EditorTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: object;
}

export type EditorReplyPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly id: string; readonly name: string; readonly input: unknown };

/**
 * A language model that the editor offers, such as a subscriber's Claude. The editor's side of it
 * lives with the user interface; here it is only this.
 */
export interface EditorModel {
  readonly id: string;
  /** How many tokens it can read, as far as the editor knows. */
  windowTokens?(): Promise<number | undefined>;
  /** Streams the reply. Rejects when it breaks off, so that half a reply is never taken for a whole. */
  send(
    messages: readonly EditorMessage[],
    tools: readonly EditorTool[],
    signal: AbortSignal,
    settings: EditorModelSettings,
  ): AsyncIterable<EditorReplyPart>;
}

/** What the person's settings say; a model takes of it what it knows. */
export interface EditorModelSettings {
  readonly temperature: number;
  readonly maxTokens: number;
}

interface EditorCallOptions extends BaseChatModelCallOptions {
  readonly tools?: readonly EditorTool[];
}

/** An editor's model for LangChain, with tool calls and streaming. It needs no key of ours. */
export class EditorChatModel extends BaseChatModel<EditorCallOptions> {
  readonly #model: EditorModel;
  readonly #settings: EditorModelSettings;
  /** Until it turns out that the model takes none. */
  #images = true;

  constructor(model: EditorModel, settings: EditorModelSettings) {
    super({ maxRetries: 0 });
    this.#model = model;
    this.#settings = settings;
  }

  override _llmType(): string {
    return 'editor';
  }

  override bindTools(tools: BindToolsInput[], kwargs?: Partial<EditorCallOptions>) {
    const named = tools.map((tool): EditorTool => {
      const { name, description, parameters } = convertToOpenAITool(tool as never).function;
      return { name, description: description ?? '', inputSchema: parameters ?? {} };
    });
    return this.withConfig({ ...kwargs, tools: named });
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const signal = options.signal ?? new AbortController().signal;
    let calls = 0;
    for await (const part of this.#parts(messages, options.tools ?? [], signal)) {
      const message =
        part.kind === 'text'
          ? new AIMessageChunk(part.text)
          : new AIMessageChunk({
              content: '',
              tool_call_chunks: [
                {
                  type: 'tool_call_chunk',
                  id: part.id,
                  name: part.name,
                  args: JSON.stringify(part.input ?? {}),
                  index: calls++,
                },
              ],
            });
      const text = part.kind === 'text' ? part.text : '';
      const chunk = new ChatGenerationChunk({ message, text });
      yield chunk;
      await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
    }
  }

  /** The editor does not tell which model can see: one that fails before its first word is asked without. */
  async *#parts(
    messages: readonly BaseMessage[],
    tools: readonly EditorTool[],
    signal: AbortSignal,
  ): AsyncGenerator<EditorReplyPart> {
    const seen = editorMessages(messages, this.#images);
    let begun = false;
    try {
      for await (const part of this.#model.send(seen, tools, signal, this.#settings)) {
        begun = true;
        yield part;
      }
    } catch (error) {
      const pictures = seen.some(({ parts }) => parts.some(({ kind }) => kind === 'image'));
      if (begun || !pictures || signal.aborted || isRefusal(error)) throw error;
      this.#images = false;
      yield* this.#parts(messages, tools, signal);
    }
  }

  override async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    let whole: ChatGenerationChunk | undefined;
    for await (const chunk of this._streamResponseChunks(messages, options, runManager))
      whole = whole === undefined ? chunk : whole.concat(chunk);
    return { generations: whole === undefined ? [] : [whole] };
  }
}

/** What has nothing to do with pictures. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['NoPermissions', 'NotFound', 'Blocked'].includes(code);
}
