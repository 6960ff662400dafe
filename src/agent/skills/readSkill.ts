import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isBelow } from '../../core/below.ts';
import { isSecretPath } from '../../core/secretPath.ts';
import { workspacePath } from '../workspacePath.ts';
import { readSkillText, type FrontValue } from './frontMatter.ts';
import type { Skill, SkillOrigin } from '../../core/skill.ts';

const textBytes = 64 * 1024;
const fileBytes = 256 * 1024;
const mostFiles = 200;

/** Reads one skill folder by the agentskills specification; throws an Error that says what is wrong. */
export async function readSkill(folder: string, origin: SkillOrigin): Promise<Skill> {
  const file = path.join(folder, 'SKILL.md');
  if ((await stat(file)).size > textBytes) throw new Error('SKILL.md is longer than 64 kB.');
  const { fields, body } = readSkillText(await readFile(file, 'utf8'));
  const name = text(fields, 'name', 64);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw new Error(`The name "${name}" may hold lower-case letters, digits and single hyphens alone.`);
  if (name !== path.basename(folder))
    throw new Error(`The name "${name}" is not that of its folder "${path.basename(folder)}".`);
  const description = text(fields, 'description', 1024);
  if (fields.has('compatibility')) text(fields, 'compatibility', 500);
  return {
    name,
    description,
    origin,
    folder,
    body,
    files: await filesOf(folder),
    allowedTools: toolsOf(fields.get('allowed-tools')),
  };
}

/** One file of a skill as text; undefined when there is none, it lies outside the skill's folder, or it may hold secrets. */
export async function readSkillFile(skill: Skill, name: string): Promise<string | undefined> {
  const relative = workspacePath(name);
  if (relative === undefined) return undefined;
  try {
    const base = await realpath(skill.folder);
    const real = await realpath(path.join(base, relative));
    const inside = path.relative(base, real);
    if (!isBelow(inside) || isSecretOf(skill.folder, relative) || isSecretOf(base, inside)) return undefined;
    const info = await stat(real);
    if (!info.isFile() || info.size > fileBytes) return undefined;
    const bytes = await readFile(real);
    return bytes.includes(0) ? undefined : bytes.toString('utf8');
  } catch {
    return undefined;
  }
}

/**
 * The specification has names with spaces between them. Others write commas or a list; that is no
 * reason to leave a skill out. Spaces inside of parentheses belong to a name: `Bash(git add:*)`.
 */
function toolsOf(value: FrontValue | undefined): readonly string[] {
  const text = typeof value === 'string' ? value : Array.isArray(value) ? value.join(' ') : '';
  return text.match(/(?:\([^)]*\)|[^\s,(])+/g) ?? [];
}

function text(fields: ReadonlyMap<string, FrontValue>, key: string, limit: number): string {
  const value = fields.get(key);
  if (typeof value !== 'string' || value === '') throw new Error(`The front matter has no "${key}".`);
  if (value.length > limit) throw new Error(`The "${key}" is longer than ${limit} characters.`);
  return value;
}

/** Skills that call services have their keys beside them, and those that were cloned their repository. */
function isSecretOf(folder: string, relative: string): boolean {
  return isSecretPath(path.join(path.basename(folder), relative));
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => name !== 'SKILL.md' && !isSecretOf(folder, name))
    .sort()
    .slice(0, mostFiles);
}
