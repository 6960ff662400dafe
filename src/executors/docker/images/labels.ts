/** What our images carry, so that they can be found again, and only they. */
export const ownerLabel = 'glovebox.owner';
export const owner = 'glovebox';

/** On a finished image: the hash of everything that went into it. */
export const inputsLabel = 'glovebox.inputs';

/** On the stages of one build: its id, so that it can clear up behind itself. */
export const buildLabel = 'glovebox.build';

/** Repositories of the images that we build, by stage of the Dockerfile. */
export const repositories = {
  base: 'glovebox/base',
  python: 'glovebox/python',
  javascript: 'glovebox/javascript',
} as const;

/** The images that programs run in. */
export type ImageTarget = Exclude<keyof typeof repositories, 'base'>;
