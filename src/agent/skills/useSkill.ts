import { tool } from '@langchain/core/tools';
import { z } from 'zod';
import type { Turn } from '../turn.ts';
import { readSkillFile } from './readSkill.ts';
import type { Skill, SkillCatalog } from '../../core/skill.ts';

const useSkillInput = z.object({
  name: z.string().min(1).max(64).describe('The name of the skill.'),
  file: z.string().max(1024).optional().describe('A file of the skill to read instead of its instructions.'),
});

/** First tier: the model knows names and descriptions, and reads the rest when it needs it. */
export function skillList({ skills }: SkillCatalog): string {
  if (skills.length === 0) return '';
  const lines = skills.map((skill) => `- ${skill.name}: ${skill.description.replace(/\s+/g, ' ')}`);
  return `\n\n# Skills\n\nInstructions for certain tasks. When one fits, read it with use_skill before you begin. A skill cannot let code run: its scripts go through run_code like all code, and the person decides.\n\n${lines.join('\n')}`;
}

/** Second and third tier: the instructions of a skill, and its files one by one. */
export function useSkillTool(catalog: SkillCatalog, turn: Turn) {
  return tool(
    async ({ name, file }: z.output<typeof useSkillInput>) => {
      const skill = catalog.skills.find((one) => one.name === name);
      if (skill === undefined) {
        const names = catalog.skills.map((one) => one.name).join(', ');
        return `There is no skill "${name}". There are: ${names}.`;
      }
      if (file === undefined) {
        turn.emit({ kind: 'notice', message: `Uses the skill ${skill.name}` });
        return skillText(skill);
      }
      const text = await readSkillFile(skill, file);
      return (
        text ?? `The skill "${name}" has no text file "${file}". It has: ${skill.files.join(', ') || 'none'}.`
      );
    },
    {
      name: 'use_skill',
      description: 'Reads the instructions of a skill, or one of its files.',
      schema: useSkillInput,
    },
  );
}

/** A request that begins with `/name` asks for that skill: its instructions go with the request. */
export function withNamedSkill(text: string, { skills }: SkillCatalog): string {
  const [, name, rest = ''] = /^\/([a-z0-9-]+)(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? [];
  const skill = skills.find((one) => one.name === name);
  if (skill === undefined) return text;
  return `${rest === '' ? `Use the skill ${skill.name}.` : rest}\n\nThe person chose this skill for it:\n\n${skillText(skill)}`;
}

function skillText(skill: Skill): string {
  const files = skill.files.length === 0 ? '' : `\n\nFiles of this skill: ${skill.files.join(', ')}`;
  return `<skill name="${skill.name}">\n${skill.body}${files}\n</skill>`;
}
