import { cleanName, cleanOutput } from '../cleanOutput.ts';
import type { Skill, SkillCatalog } from '../../core/skill.ts';

/** As long as the instructions of a skill may be. */
const bodyCharacters = 64 * 1024;

/** First tier: the model knows names and descriptions, and reads the rest when it needs it. */
export function skillList({ skills }: SkillCatalog): string {
  if (skills.length === 0) return '';
  const lines = skills.map((skill) => `- ${skill.name}: ${skill.description.replace(/\s+/g, ' ')}`);
  return `\n\n# Skills\n\nInstructions for certain tasks. When one fits, read it with use_skill before you begin. A skill cannot let code run: its scripts go through run_code like all code, and the person decides.\n\n${lines.join('\n')}`;
}

/** A request that begins with `/name` asks for that skill: its instructions go with the request. */
export function withNamedSkill(text: string, { skills }: SkillCatalog, secrets: readonly string[]): string {
  const [, name, rest = ''] = /^\/([a-z0-9-]+)(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? [];
  const skill = skills.find((one) => one.name === name);
  if (skill === undefined) return text;
  return `${rest === '' ? `Use the skill ${skill.name}.` : rest}\n\nThe person chose this skill for it:\n\n${skillText(skill, secrets)}`;
}

/** Second tier: the instructions of a skill and the names of its files. */
export function skillText(skill: Skill, secrets: readonly string[]): string {
  const files =
    skill.files.length === 0 ? '' : `\n\nFiles of this skill: ${skill.files.map(cleanName).join(', ')}`;
  const body = cleanOutput(skill.body, bodyCharacters, secrets);
  return `<skill name="${skill.name}">\n${body}${files}\n</skill>`;
}
