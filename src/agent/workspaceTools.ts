import { tool } from '@langchain/core/tools';
import { z } from 'zod';
import { cleanName, cleanOutput, cleanText } from './cleanOutput.ts';
import { asData } from './dataMarks.ts';
import { readText } from './readText.ts';
import type { Turn } from './turn.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';
import { workspacePath } from './workspacePath.ts';

export interface WorkspaceToolParts {
  readonly turn: Turn;
  readonly workspace: WorkspaceFiles;
  readonly secrets: readonly string[];
}

const mostListed = 300;
const mostMatches = 60;
const fileBytes = 1024 * 1024;
const searchedBytes = 32 * fileBytes;
const answerCharacters = 24_000;

/** Said where what was not found may well be there. */
const cutShort = 'The workspace has more files than were looked at. Name a folder to look at its files.';

export const listFilesInput = z.object({
  folder: z.string().max(1024).optional().describe('Only files below this folder.'),
  ending: z.string().max(50).optional().describe('Only files whose name ends so, e.g. .csv'),
});

export const searchFilesInput = z.object({
  text: z.string().min(2).max(200).describe('The text to look for, as it stands; case does not matter.'),
  folder: z.string().max(1024).optional().describe('Only files below this folder.'),
});

/** Finding files and lines in the workspace: always bounded, and never in what may hold secrets. */
export function workspaceTools(parts: WorkspaceToolParts) {
  const { turn, workspace, secrets } = parts;
  const answer = (text: string): string => cleanOutput(text, answerCharacters, secrets);
  const inside = async function* (named: string | undefined, onCut: () => void) {
    const folder = workspacePath(named ?? '') ?? '';
    const all = folder === '' && /^\.?\/?$/.test(named ?? '');
    if (folder === '' && !all) return;
    for await (const file of workspace.list(turn.signal, { folder, onCut }))
      if (all || file.path.startsWith(`${folder}/`)) yield file;
  };
  return [
    tool(
      async (input: z.output<typeof listFilesInput>) => {
        const found: string[] = [];
        let more = 0;
        let cut = '';
        for await (const file of inside(input.folder, () => (cut = `\n${cutShort}`))) {
          if (input.ending !== undefined && !file.path.endsWith(input.ending)) continue;
          if (found.length < mostListed) found.push(`${cleanName(file.path)} (${file.bytes} bytes)`);
          else more += 1;
        }
        if (found.length === 0 && cut === '') return 'There are no such files.';
        const listed = found.length === 0 ? 'None was found.' : asData('files', answer(found.join('\n')));
        return listed + (more === 0 ? '' : `\n${more} more are not listed.`) + cut;
      },
      { name: 'list_files', description: 'Lists the files of the workspace.', schema: listFilesInput },
    ),
    tool(
      async (input: z.output<typeof searchFilesInput>) => {
        const wanted = input.text.toLowerCase();
        const matches: string[] = [];
        let bytes = 0;
        let large = 0;
        const stopped: string[] = [];
        for await (const file of inside(input.folder, () => stopped.push(cutShort))) {
          if (matches.length > mostMatches) break;
          if (file.bytes > fileBytes) {
            large += 1;
            continue;
          }
          bytes += file.bytes;
          if (bytes > searchedBytes) {
            stopped.push(
              `The search stopped after ${searchedBytes / fileBytes} MB: name a folder. The next file would have been:`,
              asData('next', answer(cleanName(file.path))),
            );
            break;
          }
          const found = await workspace.open(file.path);
          const read = found.found ? await readText(found.file, fileBytes).catch(() => undefined) : undefined;
          if (read?.text.toLowerCase().includes(wanted) !== true) continue;
          // Masked as a whole: one line of a key does not look like one.
          for (const [index, line] of cleanText(read.text, secrets).split('\n').entries()) {
            if (line.toLowerCase().includes(wanted) && matches.length <= mostMatches)
              matches.push(`${cleanName(file.path)}:${index + 1}: ${cleanName(line).trim().slice(0, 200)}`);
          }
        }
        if (matches.length > mostMatches)
          stopped.push(
            `The search stopped after ${mostMatches} lines; there are more. Look for a longer text, or in one folder.`,
          );
        const shown = matches.slice(0, mostMatches);
        return [
          shown.length === 0 ? 'Nothing found.' : asData('matches', answer(shown.join('\n'))),
          ...(large === 0 ? [] : [`Files larger than 1 MB were not searched: ${large}.`]),
          ...stopped,
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
