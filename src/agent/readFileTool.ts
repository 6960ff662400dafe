import { tool, type ToolRuntime } from '@langchain/core/tools';
import { z } from 'zod';
import { mayHoldSecrets } from '../core/secretPath.ts';
import { capped, cleanName, cleanText } from './cleanOutput.ts';
import { asData } from './dataMarks.ts';
import { attachedFile } from './inputFiles.ts';
import { openOrAsk, type PermittedSecrets } from './permissions/secretFiles.ts';
import { readText } from './readText.ts';
import type { Turn } from './turn.ts';
import type { FoundFile, WorkspaceFiles } from './workspaceFiles.ts';

export interface ReadFileParts {
  readonly turn: Turn;
  /** Undefined: the attached files alone can be read. */
  readonly workspace: WorkspaceFiles | undefined;
  /** Texts that must never reach the model, such as the key itself. */
  readonly secrets: readonly string[];
  readonly permitted: PermittedSecrets;
  /** Whether there is somebody to ask for a file that may hold secrets. */
  readonly asks: boolean;
}

const mostLines = 400;
const fileBytes = 1024 * 1024;
const answerCharacters = 24_000;

export const readFileInput = z.object({
  path: z.string().min(1).max(1024).describe('Name of an attached file, or path in the workspace, with /.'),
  from: z.int().min(1).optional().describe('First line, counted from 1.'),
  lines: z.int().min(1).max(mostLines).optional().describe(`How many lines, ${mostLines} at most.`),
});

/** Reads text of an attached file or of the workspace, some lines at a time. */
export function readFileTool(parts: ReadFileParts) {
  return tool(
    async (input: z.output<typeof readFileInput>, runtime: ToolRuntime) => {
      const found = await find(input.path, runtime.toolCallId, parts);
      if (!found.found) return found.reason;
      const read = await readText(found.file, fileBytes).catch((error: unknown) =>
        error instanceof Error ? error : new Error(String(error)),
      );
      if (read instanceof Error)
        return `"${cleanName(input.path)}" can't be read: ${cleanName(read.message)}.`;
      if (read === undefined)
        return `"${cleanName(input.path)}" is not text. Read it with code: name it in the files of run_code.`;
      parts.turn.emit({ kind: 'notice', message: `Read ${cleanName(found.file.name)}` });
      // The whole of it is masked: some lines of a key tell nobody that they are part of one.
      const lines = cleanText(read.text, parts.secrets).split('\n');
      const from = input.from ?? 1;
      const part = lines.slice(from - 1, from - 1 + (input.lines ?? mostLines));
      const rest = lines.length - (from - 1 + part.length);
      const more =
        rest > 0 || read.cut
          ? `\n${read.cut ? 'The file is longer than can be read so.' : `${rest} more lines follow.`}`
          : '';
      return `${asData('file', capped(part.join('\n'), answerCharacters))}${more}`;
    },
    {
      name: 'read_file',
      description:
        'Reads a text file that is attached or in the workspace. For data, write code that reads it instead: name it in the files of run_code.',
      schema: readFileInput,
    },
  );
}

/** What the person attached is theirs to show, but for secrets: those are asked for. */
async function find(name: string, callId: string, parts: ReadFileParts): Promise<FoundFile> {
  const { turn, workspace } = parts;
  const file = attachedFile(name, turn.attached);
  if (file !== undefined && !mayHoldSecrets(file)) return { found: true, file };
  if (workspace !== undefined) return openOrAsk(name, callId, { ...parts, workspace });
  const reason =
    file === undefined
      ? `"${cleanName(name)}" is not attached.`
      : `"${cleanName(name)}" may hold secrets, so it is not read.`;
  return { found: false, reason };
}
