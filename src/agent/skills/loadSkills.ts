import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { readSkill } from './readSkill.ts';
import type { Skill, SkillCatalog, SkillProblem, SkillRoot } from '../../core/skill.ts';

const places = ['.claude/skills', '.github/skills', '.agents/skills'];

/**
 * Where skills are looked for, the nearest first. `workspace` is to be given only when it is trusted:
 * a skill speaks to the model in the person's name.
 */
export function skillRoots(extension: string, workspace: string | undefined, home = homedir()): SkillRoot[] {
  const inside = (origin: SkillRoot['origin'], base: string): SkillRoot[] =>
    places.map((place) => ({ origin, folder: path.join(base, place) }));
  return [
    ...(workspace === undefined ? [] : inside('workspace', workspace)),
    ...inside('home', home),
    { origin: 'extension', folder: path.join(extension, 'media', 'skills') },
  ];
}

/** Every skill there is, and every folder that gave none with the reason. */
export async function loadSkills(roots: readonly SkillRoot[]): Promise<SkillCatalog> {
  const skills = new Map<string, Skill>();
  const problems: SkillProblem[] = [];
  for (const { origin, folder: root } of roots) {
    const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
    const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    for (const name of folders.sort()) {
      const folder = path.join(root, name);
      try {
        const skill = await readSkill(folder, origin);
        const nearer = skills.get(skill.name);
        if (nearer === undefined) skills.set(skill.name, skill);
        else
          problems.push({ folder, origin, kind: 'shadowed', reason: `The one in ${nearer.folder} is used.` });
      } catch (error) {
        const reason = isMissing(error) ? 'There is no SKILL.md.' : messageOf(error);
        problems.push({ folder, origin, kind: 'invalid', reason });
      }
    }
  }
  return { skills: [...skills.values()], problems };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
