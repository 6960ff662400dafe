import { tool } from '@langchain/core/tools';
import { z } from 'zod';
import { cleanName, cleanOutput } from '../cleanOutput.ts';
import type { Turn } from '../turn.ts';
import { readSkillFile } from './readSkill.ts';
import { skillText } from './skillText.ts';
import type { SkillCatalog } from '../../core/skill.ts';

const useSkillInput = z.object({
  name: z.string().min(1).max(64).describe('The name of the skill.'),
  file: z.string().max(1024).optional().describe('A file of the skill to read instead of its instructions.'),
});

export interface UseSkillParts {
  readonly catalog: SkillCatalog;
  readonly turn: Turn;
  readonly secrets: readonly string[];
}

/** As much of a file as of a file of the workspace. */
const fileCharacters = 24_000;

/** Second and third tier: the instructions of a skill, and its files one by one. */
export function useSkillTool({ catalog, turn, secrets }: UseSkillParts) {
  return tool(
    async ({ name, file }: z.output<typeof useSkillInput>) => {
      const skill = catalog.skills.find((one) => one.name === name);
      if (skill === undefined) {
        const names = catalog.skills.map((one) => one.name).join(', ');
        return `There is no skill "${cleanName(name)}". There are: ${names}.`;
      }
      if (file === undefined) {
        turn.emit({ kind: 'notice', message: `Uses the skill ${skill.name}` });
        return skillText(skill, secrets);
      }
      const text = await readSkillFile(skill, file);
      return text === undefined
        ? `The skill "${name}" has no text file "${cleanName(file)}". It has: ${skill.files.map(cleanName).join(', ') || 'none'}.`
        : cleanOutput(text, fileCharacters, secrets) || 'The file is empty.';
    },
    {
      name: 'use_skill',
      description: 'Reads the instructions of a skill, or one of its files.',
      schema: useSkillInput,
    },
  );
}
