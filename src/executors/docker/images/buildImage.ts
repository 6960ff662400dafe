import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { z } from 'zod';
import { GloveboxError } from '../../../core/errors.ts';
import { buildContext } from './buildContext.ts';
import { buildFailure } from './buildFailure.ts';
import type { BuildNetwork } from './buildNetwork.ts';
import { BuildLog } from './buildLog.ts';
import type { ImageInputs } from './imageInputs.ts';
import { buildLabel, imageLabel, inputsLabel } from './labels.ts';
import { removeStages } from './removeStages.ts';

/** No build takes so long: what is left of it belongs to a process that was killed. */
const staleMs = 3_600_000;
/** After a cancel; the steps of a build that take long are ended by the engine at once. */
const quietMs = 1500;

const BuildMessage = z.object({
  stream: z.string().optional(),
  status: z.string().optional(),
  error: z.string().optional(),
});

/** Builds and tags one image with the engine's own builder; on failure and cancel nothing stays. */
export async function buildImage(
  docker: Dockerode,
  inputs: ImageInputs,
  network: BuildNetwork,
  progress: (message: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const build = randomUUID();
  const log = new BuildLog(progress);
  await removeStages(docker, buildLabel, { olderThanMs: staleMs });
  try {
    const stream = await docker.buildImage(buildContext(inputs.files, network.authorities), {
      t: inputs.tag,
      target: inputs.stage,
      rm: true,
      forcerm: true,
      labels: { [imageLabel]: inputs.stage, [inputsLabel]: inputs.hash },
      buildargs: { ...network.buildArgs, GLOVEBOX_BUILD: build },
      ...(network.networkMode === 'default' ? {} : { networkmode: network.networkMode }),
      abortSignal: signal,
    });
    await follow(stream, log, signal);
    // Another window may have built the same at the same time; the later one took the name.
    await removeStages(docker, `${inputsLabel}=${inputs.hash}`);
  } catch (error) {
    if (signal.aborted) {
      throw new GloveboxError('cancelled', 'Building the sandbox image was cancelled.', { cause: error });
    }
    throw buildFailure(inputs.stage, log.lines, error);
  } finally {
    await removeStages(docker, `${buildLabel}=${build}`, { quietMs: signal.aborted ? quietMs : 0 });
  }
}

/** Reads the engine's JSON lines to their end; a line with `error` ends the build. */
async function follow(stream: NodeJS.ReadableStream, log: BuildLog, signal: AbortSignal): Promise<void> {
  const abort = (): void => {
    if (stream instanceof Readable) stream.destroy(new Error('cancelled'));
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    let rest = '';
    stream.setEncoding('utf8');
    for await (const chunk of stream) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line, log);
    }
    take(rest, log);
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function take(line: string, log: BuildLog): void {
  if (line.trim() === '') return;
  const message = BuildMessage.parse(JSON.parse(line));
  if (message.stream !== undefined) log.write(message.stream);
  if (message.status !== undefined) log.status(message.status);
  if (message.error !== undefined) throw new Error(message.error);
}
