import type Dockerode from 'dockerode';

/** The engine's answer at that path; rejects when nobody answers before the signal. */
export async function askEngine(docker: Dockerode, path: string, abortSignal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const statusCodes = { 200: true, 500: 'server error' };
    docker.modem.dial({ path, method: 'GET', statusCodes, abortSignal }, (error: unknown, data: unknown) => {
      if (error === null || error === undefined) resolve(data);
      else reject(error instanceof Error ? error : new Error('the engine cannot be asked', { cause: error }));
    });
  });
}
