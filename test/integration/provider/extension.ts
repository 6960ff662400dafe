import * as vscode from 'vscode';
import { anyStory } from '../../support/messages/stories.ts';
import type { ScriptedRequest } from '../../support/messages/script.ts';

type Body = ScriptedRequest['body'];

/** What the provider was asked, in the words of the Messages API. */
export interface ProviderApi {
  readonly requests: readonly ScriptedRequest[];
}

const model: vscode.LanguageModelChatInformation = {
  id: 'scripted',
  name: 'Scripted model',
  family: 'scripted',
  version: '1',
  maxInputTokens: 64_000,
  maxOutputTokens: 8000,
  capabilities: { toolCalling: true, imageInput: true },
};

/** Registers a model that plays the stories. */
export function activate(context: vscode.ExtensionContext): ProviderApi {
  const requests: ScriptedRequest[] = [];
  context.subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('glovebox-test', {
      provideLanguageModelChatInformation: () => [model],
      provideTokenCount: async (_model, text) => (typeof text === 'string' ? text.length : 100),
      async provideLanguageModelChatResponse(_model, messages, options, progress) {
        const request = asRequest(messages, options, requests.length);
        requests.push(request);
        const turn = await anyStory(request);
        if (turn.kind !== 'reply') throw new Error(`The story has a ${turn.kind} here.`);
        for (const [at, block] of turn.blocks.entries()) {
          if (block.type === 'text')
            for (const piece of block.text.match(/\s*\S+/g) ?? [])
              progress.report(new vscode.LanguageModelTextPart(piece));
          if (block.type === 'tool_use' && 'input' in block)
            progress.report(
              new vscode.LanguageModelToolCallPart(
                `call_${request.index}_${at}`,
                block.name,
                block.input as object,
              ),
            );
        }
      },
    }),
  );
  return { requests };
}

function asRequest(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  options: vscode.ProvideLanguageModelChatResponseOptions,
  index: number,
): ScriptedRequest {
  const body: Body = {
    model: 'scripted',
    max_tokens: Number(options.modelOptions?.['max_tokens']),
    temperature: Number(options.modelOptions?.['temperature']),
    messages: messages.map(({ role, content }) => ({
      role: role === vscode.LanguageModelChatMessageRole.User ? 'user' : 'assistant',
      content: content.flatMap((part) => blockOf(part)),
    })),
    tools: (options.tools ?? []).map(({ name, description, inputSchema }) => ({
      name,
      description,
      input_schema: { type: 'object', ...inputSchema },
    })),
  };
  return { body, index, headers: {} };
}

type Block = Exclude<Body['messages'][number]['content'], string>[number];

function blockOf(part: unknown): Block[] {
  if (part instanceof vscode.LanguageModelTextPart) return [{ type: 'text', text: part.value }];
  if (part instanceof vscode.LanguageModelDataPart)
    return [
      {
        type: 'image',
        source: {
          type: 'base64',
          media_type: part.mimeType as 'image/png',
          data: Buffer.from(part.data).toString('base64'),
        },
      },
    ];
  if (part instanceof vscode.LanguageModelToolCallPart)
    return [{ type: 'tool_use', id: part.callId, name: part.name, input: part.input }];
  if (part instanceof vscode.LanguageModelToolResultPart)
    return [
      {
        type: 'tool_result',
        tool_use_id: part.callId,
        content: part.content
          .map((inner) => (inner instanceof vscode.LanguageModelTextPart ? inner.value : ''))
          .join(''),
      },
    ];
  return [];
}
