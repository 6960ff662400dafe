import { tool, type ToolRuntime } from '@langchain/core/tools';
import { z } from 'zod';
import { cleanOutput } from './cleanOutput.ts';
import { asData } from './dataMarks.ts';
import { openOrAsk, type PermittedSecrets } from './permissions/secretFiles.ts';
import { readText } from './readText.ts';
import type { Turn } from './turn.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';

export interface WorkspaceToolParts {
  readonly turn: Turn;
  readonly workspace: WorkspaceFiles;
  readonly secrets: readonly string[];
  readonly permitted: PermittedSecrets;
  /** Whether there is somebody to ask for a file that may hold secrets. */
  readonly asks: boolean;
}

const mostListed = 300;
const mostLines = 400;
const mostMatches = 60;
const fileBytes = 1024 * 1024;
const searchedBytes = 32 * fileBytes;
const answerCharacters = 24_000;

export const readFileInput = z.object({
  path: z.string().min(1).max(1024).describe('Path relative to the workspace, with /.'),
  from: z.int().min(1).optional().describe('First line, counted from 1.'),
  lines: z.int().min(1).max(mostLines).optional().describe(`How many lines, ${mostLines} at most.`),
});

export const listFilesInput = z.object({
  folder: z.string().max(1024).optional().describe('Only files below this folder.'),
  ending: z.string().max(50).optional().describe('Only files whose name ends so, e.g. .csv'),
});

export const searchFilesInput = z.object({
  text: z.string().min(2).max(200).describe('The text to look for, as it stands; case does not matter.'),
  folder: z.string().max(1024).optional().describe('Only files below this folder.'),
});

/** Looking at the workspace: reading alone, what may hold secrets only when a person allows it, and always bounded. */
export function workspaceTools(parts: WorkspaceToolParts) {
  const { turn, workspace, secrets } = parts;
  const answer = (text: string): string => cleanOutput(text, answerCharacters, secrets);
  const inside = async function* (folder: string | undefined) {
    const prefix =
      folder === undefined || folder === '' || folder === '.' ? '' : `${folder.replace(/\/+$/, '')}/`;
    for await (const file of workspace.list(turn.signal)) if (file.path.startsWith(prefix)) yield file;
  };
  return [
    tool(
      async (input: z.output<typeof listFilesInput>) => {
        const found: string[] = [];
        let more = 0;
        for await (const file of inside(input.folder)) {
          if (input.ending !== undefined && !file.path.endsWith(input.ending)) continue;
          if (found.length < mostListed) found.push(`${file.path} (${file.bytes} bytes)`);
          else more += 1;
        }
        if (found.length === 0) return 'There are no such files.';
        return (
          asData('files', answer(found.join('\n'))) + (more === 0 ? '' : `\n${more} more are not listed.`)
        );
      },
      { name: 'list_files', description: 'Lists the files of the workspace.', schema: listFilesInput },
    ),
    tool(
      async (input: z.output<typeof readFileInput>, runtime: ToolRuntime) => {
        const found = await openOrAsk(input.path, runtime.toolCallId, parts);
        if (!found.found) return found.reason;
        const read = await readText(found.file, fileBytes);
        if (read === undefined)
          return `"${input.path}" is not text. Read it with code: name it in the files of run_code.`;
        turn.emit({ kind: 'notice', message: `Read ${found.file.name}` });
        const lines = read.text.split('\n');
        const from = input.from ?? 1;
        const part = lines.slice(from - 1, from - 1 + (input.lines ?? mostLines));
        const rest = lines.length - (from - 1 + part.length);
        const more =
          rest > 0 || read.cut
            ? `\n${read.cut ? 'The file is longer than can be read so.' : `${rest} more lines follow.`}`
            : '';
        return `${asData('file', answer(part.join('\n')))}${more}`;
      },
      {
        name: 'read_file',
        description:
          'Reads a text file of the workspace. For data, write code that reads it instead: name it in the files of run_code.',
        schema: readFileInput,
      },
    ),
    tool(
      async (input: z.output<typeof searchFilesInput>) => {
        const wanted = input.text.toLowerCase();
        const matches: string[] = [];
        let bytes = 0;
        let large = 0;
        let stopped = '';
        for await (const file of inside(input.folder)) {
          if (matches.length > mostMatches) break;
          if (file.bytes > fileBytes) {
            large += 1;
            continue;
          }
          bytes += file.bytes;
          if (bytes > searchedBytes) {
            stopped = `The search stopped after ${searchedBytes / fileBytes} MB, before ${file.path}: name a folder.`;
            break;
          }
          const found = await workspace.open(file.path);
          const read = found.found ? await readText(found.file, fileBytes) : undefined;
          for (const [index, line] of (read?.text ?? '').split('\n').entries()) {
            if (line.toLowerCase().includes(wanted) && matches.length <= mostMatches)
              matches.push(`${file.path}:${index + 1}: ${line.trim().slice(0, 200)}`);
          }
        }
        if (matches.length > mostMatches)
          stopped = `The search stopped after ${mostMatches} lines; there are more. Look for a longer text, or in one folder.`;
        const shown = matches.slice(0, mostMatches);
        return [
          shown.length === 0 ? 'Nothing found.' : asData('matches', answer(shown.join('\n'))),
          ...(large === 0 ? [] : [`Files larger than 1 MB were not searched: ${large}.`]),
          ...(stopped === '' ? [] : [stopped]),
        ].join('\n');
      },
      {
        name: 'search_files',
        description: 'Finds lines with a text in the files of the workspace.',
        schema: searchFilesInput,
      },
    ),
  ];
}
