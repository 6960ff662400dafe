import type Dockerode from 'dockerode';

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
}

/** The image of that name, or undefined when the engine has none. */
export async function findImage(docker: Dockerode, name: string): Promise<FoundImage | undefined> {
  try {
    const found = await docker.getImage(name).inspect();
    const digest = found.RepoDigests?.[0]?.split('@')[1] ?? found.Id;
    return { image: name, digest, id: found.Id, labels: found.Config.Labels ?? {} };
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return undefined;
    throw error;
  }
}
