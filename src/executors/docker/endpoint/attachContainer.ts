import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type Dockerode from 'dockerode';
import { z } from 'zod';

const Modem = z.object({
  protocol: z.string(),
  host: z.string().nullish(),
  port: z.union([z.string(), z.number()]).nullish(),
  socketPath: z.string().nullish(),
  agent: z.instanceof(http.Agent).nullish(),
});

/**
 * The attached stream of a container, by a request without a body. dockerode repeats its options in
 * the body, which Docker throws away and Podman hands to the program as its first input.
 */
export async function attachContainer(docker: Dockerode, id: string, signal: AbortSignal): Promise<Duplex> {
  const modem = Modem.parse(docker.modem);
  const url = modem.host === null || modem.host === undefined || modem.host === '' ? undefined : modem.host;
  const { request } = modem.protocol === 'https' ? https : http;
  const call = request({
    method: 'POST',
    path: `/containers/${encodeURIComponent(id)}/attach?stream=1&stdin=1&stdout=1&stderr=1`,
    signal,
    headers: { Connection: 'Upgrade', Upgrade: 'tcp', 'Content-Length': '0' },
    ...(url === undefined
      ? { socketPath: modem.socketPath ?? undefined }
      : { hostname: URL.parse(url)?.hostname || url, port: modem.port || undefined }),
    ...(modem.agent === null || modem.agent === undefined ? {} : { agent: modem.agent }),
  });
  return new Promise((resolve, reject) => {
    call.once('error', reject);
    call.once('upgrade', (_response, socket: Duplex, head: Buffer) => {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    call.once('response', (response) => {
      const { statusCode } = response;
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text = (text + chunk).slice(0, 2000)));
      response.once('end', () => {
        const error = new Error(`(HTTP code ${statusCode ?? 0}) ${text.trim()}`);
        reject(Object.assign(error, { statusCode }));
      });
    });
    call.end();
  });
}
