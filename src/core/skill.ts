/** Where a skill was found; earlier ones shadow later ones of the same name. */
export type SkillOrigin = 'workspace' | 'home' | 'extension';

export interface SkillRoot {
  readonly origin: SkillOrigin;
  readonly folder: string;
}

/** A skill as the agentskills specification has it: a folder with instructions, scripts and files. */
export interface Skill {
  readonly name: string;
  readonly description: string;
  readonly origin: SkillOrigin;
  readonly folder: string;
  /** The instructions below the front matter. */
  readonly body: string;
  /** Files beside SKILL.md, relative to the folder. */
  readonly files: readonly string[];
  /** What the skill says it needs. Kept to be shown: it never lets anything run without approval. */
  readonly allowedTools: readonly string[];
}

/** A folder that gave no skill, and why. */
export interface SkillProblem {
  readonly folder: string;
  readonly origin: SkillOrigin;
  readonly kind: 'invalid' | 'shadowed';
  readonly reason: string;
}

export interface SkillCatalog {
  readonly skills: readonly Skill[];
  readonly problems: readonly SkillProblem[];
}

export const noSkills: SkillCatalog = { skills: [], problems: [] };
