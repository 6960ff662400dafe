import type Dockerode from 'dockerode';

export interface Image {
  /** The name to run it by. */
  readonly image: string;
  /** Its content's digest: of the registry where it came from one, else the image id. */
  readonly digest: string;
}

/** The image of that name, or undefined when the engine has none. */
export async function findImage(docker: Dockerode, name: string): Promise<Image | undefined> {
  try {
    const found = await docker.getImage(name).inspect();
    const digest = found.RepoDigests?.[0]?.split('@')[1] ?? found.Id;
    return { image: name, digest };
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return undefined;
    throw error;
  }
}
