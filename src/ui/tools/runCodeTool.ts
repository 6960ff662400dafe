import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.ts';
import { resolveFiles } from '../files/pickFiles.ts';
import { neutralLine } from '../output/controlText.ts';
import type { KnownSecrets } from '../output/screenText.ts';
import { noticeText } from '../output/noticeText.ts';
import { runDraft, type DraftParts } from '../run/runDraft.ts';
import { toolAnswer } from './toolAnswer.ts';
import { inputProblem, toolInputSchema } from './toolInput.ts';

export const runCodeToolName = 'glovebox_run_code';

export interface ToolParts extends DraftParts {
  readonly secrets: KnownSecrets;
}

/** The door for other assistants in the editor: the same checks, the same approval, the same record. */
export function registerRunCodeTool(parts: ToolParts): Disposable {
  return vscode.lm.registerTool<unknown>(runCodeToolName, {
    prepareInvocation: ({ input }) => {
      const parsed = toolInputSchema.safeParse(input);
      const purpose = parsed.success ? neutralLine(parsed.data.purpose, 100) : '';
      const asking = vscode.l10n.t('Asking to run code in the sandbox: {0}', purpose);
      return { invocationMessage: noticeText(asking) };
    },
    invoke: async ({ input }, token) => answer(await run(input, token, parts)),
  });
}

async function run(input: unknown, token: vscode.CancellationToken, parts: ToolParts): Promise<string> {
  const parsed = toolInputSchema.safeParse(input);
  if (!parsed.success) return inputProblem(parsed.error);
  const { language, code, purpose, files: names = [] } = parsed.data;
  const files = (await resolveFiles(names)).filter(({ secret }) => secret === 'no');
  if (files.length < new Set(names).size)
    return 'Not run: some of the files do not exist in the workspace or may not be handed over.';
  const outcome = await runDraft(
    {
      id: randomUUID(),
      origin: 'tool',
      language,
      code,
      purpose: neutralLine(purpose, 500),
      title: neutralLine(purpose, 60) || language,
      files,
      ...(files.length === 0 ? {} : { unattachedFiles: files.map((file) => file.name) }),
      cell: true,
    },
    parts,
    token,
  );
  return toolAnswer(outcome, parts.secrets());
}

function answer(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
