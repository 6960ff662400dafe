import type Dockerode from 'dockerode';
import { z } from 'zod';
import { askEngine } from '../endpoint/askEngine.ts';
import { timeLimit, unlessAborted } from '../patience.ts';

const longestMs = 20_000;

const Inspected = z.object({
  Id: z.string(),
  RepoDigests: z.array(z.string()).nullish(),
  Config: z.object({
    Labels: z.record(z.string(), z.string()).nullish(),
    Volumes: z.record(z.string(), z.unknown()).nullish(),
    OnBuild: z.array(z.string()).nullish(),
  }),
});

/** An image that can be run. */
export interface Image {
  /** The name to run it by. */
  readonly image: string;
  /** Its content's digest: of the registry where it came from one, else the image id. */
  readonly digest: string;
}

export interface FoundImage extends Image {
  readonly id: string;
  /** What it says of itself in the label of that name. */
  readonly labels: Readonly<Record<string, string>>;
  /** Folders for which the engine would make a place on its disk, without a size. */
  readonly volumes: readonly string[];
  /** What a builder would do by itself as soon as something is built on it. */
  readonly triggers: readonly string[];
}

/** The image of that name, or undefined when the engine has none. */
export async function findImage(
  docker: Dockerode,
  name: string,
  signal: AbortSignal,
): Promise<FoundImage | undefined> {
  const limit = timeLimit(longestMs, 'say which images it has');
  const stop = AbortSignal.any([signal, limit.signal]);
  try {
    const asked = askEngine(docker, `/images/${name}/json`, stop);
    const found = Inspected.parse(await unlessAborted(asked, stop));
    const digest = found.RepoDigests?.[0]?.split('@')[1] ?? found.Id;
    const { Labels, Volumes, OnBuild } = found.Config;
    const says = { labels: Labels ?? {}, volumes: Object.keys(Volumes ?? {}), triggers: OnBuild ?? [] };
    return { image: name, digest, id: found.Id, ...says };
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return undefined;
    throw error;
  } finally {
    limit.dispose();
  }
}
