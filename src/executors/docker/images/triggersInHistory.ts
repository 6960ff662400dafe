import type Dockerode from 'dockerode';
import { z } from 'zod';
import { askEngine } from '../endpoint/askEngine.ts';

const longestMs = 20_000;
const History = z.array(z.object({ CreatedBy: z.string().nullish() }));

/**
 * The ONBUILD instructions in an image's history, for Podman, which follows them and tells of them nowhere
 * else. Those that were followed already are among them: which ones, nobody says.
 */
export async function triggersInHistory(
  docker: Dockerode,
  name: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
  const steps = History.parse(await askEngine(docker, `/images/${name}/history`, stop));
  return steps.flatMap(
    ({ CreatedBy }) => /^(?:\/bin\/sh -c #\(nop\)\s+)?ONBUILD\s+(.*)$/is.exec(CreatedBy ?? '')?.[1] ?? [],
  );
}
