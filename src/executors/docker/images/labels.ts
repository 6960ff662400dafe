/**
 * On a finished image: which one of ours it is. Containers inherit it, so it is not the label by
 * which our containers are known.
 */
export const imageLabel = 'glovebox.image';

/** On a finished image: the hash of everything that went into it. */
export const inputsLabel = 'glovebox.inputs';

/** On everything that one build makes: its id, so that it can clear up behind itself. */
export const buildLabel = 'glovebox.build';

/** Repositories of the images that we build, by stage of the Dockerfile. */
export const repositories = {
  base: 'glovebox/base',
  packages: 'glovebox/packages',
  python: 'glovebox/python',
  javascript: 'glovebox/javascript',
  custom: 'glovebox/custom',
} as const;

export type Stage = keyof typeof repositories;

/** The images of ours that programs run in. */
export type ImageTarget = 'python' | 'javascript';
