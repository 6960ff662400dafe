import type { DockerSettings } from '../settings.ts';
import { Requirement } from './requirements.ts';

/** Of what `sandbox/requirements.txt` pins, what people ask for by name; the rest came along with it. */
export const ownPackages = ['numpy', 'pandas', 'matplotlib'] as const;

/**
 * The third-party packages that programs find, by name alone: which versions were installed is for the
 * image to say. Absent with an image of the person's own, into which nobody has looked.
 */
export function knownPackages({ packages, customImage }: Pick<DockerSettings, 'packages' | 'customImage'>): {
  readonly packages?: readonly string[];
} {
  if (customImage !== '') return {};
  const names = new Map([...ownPackages, ...packages.flatMap(nameIn)].map((name) => [plain(name), name]));
  return { packages: [...names.values()] };
}

/** Without extras and versions. A line that is no requirement has no name; the run that needs it says so. */
function nameIn(line: string): readonly string[] {
  return Requirement.safeParse(line).success ? [line.trim().replace(/[^A-Za-z0-9._-].*$/, '')] : [];
}

/** Names that the package index takes for the same are the same here. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}
