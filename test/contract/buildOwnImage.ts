import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { pack } from 'tar-stream';

/** Builds an image as a person would have one of their own. */
export async function buildOwnImage(docker: Dockerode, name: string, dockerfile: string): Promise<void> {
  const tar = pack();
  tar.entry({ name: 'Dockerfile' }, dockerfile);
  tar.finalize();
  const stream = await docker.buildImage(Readable.from(tar), { t: name, rm: true, forcerm: true });
  for await (const line of stream) assert.doesNotMatch(String(line), /"error"/);
}
