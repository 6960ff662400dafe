import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
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
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const folder = path.join(root, entry.name);
      if (!(await isFolder(entry, folder))) continue;
      try {
        // What a skill may read lies in its folder; a link would move that anywhere.
        if (entry.isSymbolicLink()) throw new Error(linked);
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

const linked = 'It is a link, and links are not followed here. Put a copy of the folder in its place.';

/** Links count when they lead to a folder, or to nothing any more. */
async function isFolder(entry: Dirent, folder: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return stat(folder).then(
    (target) => target.isDirectory(),
    () => true,
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
