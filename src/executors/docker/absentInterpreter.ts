import { languageTable } from '../../core/language.ts';
import type { RunRequest, RunResult } from '../../core/run.ts';
import type { DockerSettings } from './settings.ts';

/** What the runner says, and the status with which it ends, where an interpreter is not there. */
const complaint = /^\S+ can't be started in this image: /m;
const notFound = 127;

/** What the person's own image lacks for a program; undefined where that is not why it failed. */
export function absentInterpreter(
  { language }: Pick<RunRequest, 'language'>,
  result: RunResult,
  { customImage }: Pick<DockerSettings, 'customImage'>,
): string | undefined {
  if (customImage === '' || result.exitCode !== notFound || !complaint.test(result.stderr)) return undefined;
  const { label, interpreter } = languageTable[language];
  return `Your image ${customImage} has no \`${interpreter}\` to run ${label} with. Install it there, or clear \`glovebox.docker.image\`: the image of Glovebox has it.`;
}
