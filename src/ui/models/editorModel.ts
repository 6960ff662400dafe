import * as vscode from 'vscode';

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly type: string; readonly data: string }
  | { readonly kind: 'call'; readonly id: string; readonly name: string; readonly input: object }
  | { readonly kind: 'result'; readonly callId: string; readonly text: string };

interface Message {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly Part[];
}

interface Settings {
  readonly temperature: number;
  readonly maxTokens: number;
}

interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: object;
}

/** A model setting that begins so names one of the editor's models, e.g. `vscode:claude-sonnet-4`. */
export const editorModelPrefix = 'vscode:';

/** One of the editor's own language models as the agent takes it. */
export function editorModel(name: string) {
  const wanted = name.slice(editorModelPrefix.length);
  return {
    id: wanted,
    windowTokens: async () => (await chosen(wanted)).maxInputTokens,
    async *send(
      messages: readonly Message[],
      tools: readonly Tool[],
      signal: AbortSignal,
      { temperature, maxTokens }: Settings,
    ) {
      const model = await chosen(wanted);
      const cancel = new vscode.CancellationTokenSource();
      const stop = (): void => cancel.cancel();
      signal.addEventListener('abort', stop, { once: true });
      try {
        signal.throwIfAborted();
        const options: vscode.LanguageModelChatRequestOptions = {
          justification: 'Glovebox asks it to write the code that you then decide on.',
          // By the names that Copilot's models know; others look away.
          modelOptions: { temperature, max_tokens: maxTokens },
          tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
        };
        const response = await model.sendRequest(messages.map(chatMessage), options, cancel.token);
        for await (const part of response.stream) {
          if (part instanceof vscode.LanguageModelTextPart) yield { kind: 'text', text: part.value } as const;
          else if (part instanceof vscode.LanguageModelToolCallPart)
            yield { kind: 'call', id: part.callId, name: part.name, input: part.input } as const;
        }
      } finally {
        signal.removeEventListener('abort', stop);
        cancel.dispose();
      }
    },
  };
}

/** By id, else by family. */
async function chosen(wanted: string): Promise<vscode.LanguageModelChat> {
  const [model] = [
    ...(await vscode.lm.selectChatModels({ id: wanted })),
    ...(await vscode.lm.selectChatModels({ family: wanted })),
  ];
  if (model === undefined) throw vscode.LanguageModelError.NotFound(`The editor has no model "${wanted}".`);
  return model;
}

type UserPart =
  vscode.LanguageModelTextPart | vscode.LanguageModelToolResultPart | vscode.LanguageModelDataPart;

function chatMessage({ role, parts }: Message): vscode.LanguageModelChatMessage {
  if (role === 'user')
    return vscode.LanguageModelChatMessage.User(
      parts.flatMap((part): UserPart[] => {
        if (part.kind === 'text') return [new vscode.LanguageModelTextPart(part.text)];
        if (part.kind === 'image')
          return [vscode.LanguageModelDataPart.image(Buffer.from(part.data, 'base64'), part.type)];
        if (part.kind === 'call') return [];
        return [
          new vscode.LanguageModelToolResultPart(part.callId, [new vscode.LanguageModelTextPart(part.text)]),
        ];
      }),
    );
  return vscode.LanguageModelChatMessage.Assistant(
    parts.flatMap((part): (vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart)[] => {
      if (part.kind === 'text') return [new vscode.LanguageModelTextPart(part.text)];
      if (part.kind === 'result' || part.kind === 'image') return [];
      return [new vscode.LanguageModelToolCallPart(part.id, part.name, part.input)];
    }),
  );
}
