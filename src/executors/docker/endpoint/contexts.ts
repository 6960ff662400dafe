import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { tlsFolder } from './tlsFolder.ts';
import type { Candidate } from './candidates.ts';

const Config = z.looseObject({ currentContext: z.string().optional() });

const Meta = z.looseObject({
  Name: z.string(),
  Endpoints: z.looseObject({
    docker: z.looseObject({ Host: z.string().optional(), SkipTLSVerify: z.boolean().optional() }).optional(),
  }),
});

/** The name of the context that `docker context use` chose; undefined for the default one. */
export async function currentContext(configFolder: string): Promise<string | undefined> {
  const text = await readFile(path.join(configFolder, 'config.json'), 'utf8').catch(() => '{}');
  const config = Config.safeParse(parse(text));
  const name = config.success ? config.data.currentContext : undefined;
  return name === undefined || name === '' || name === 'default' ? undefined : name;
}

/** Reads a context as Docker's own tools store it; undefined when there is none of that name. */
export async function readContext(
  configFolder: string,
  name: string,
  from: string,
): Promise<Candidate | undefined> {
  const id = createHash('sha256').update(name).digest('hex');
  const file = path.join(configFolder, 'contexts', 'meta', id, 'meta.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const meta = Meta.safeParse(parse(text));
  const docker = meta.success ? meta.data.Endpoints.docker : undefined;
  if (docker?.Host === undefined || docker.Host === '') return undefined;
  const folder = path.join(configFolder, 'contexts', 'tls', id, 'docker');
  const tls = await tlsFolder(folder, docker.SkipTLSVerify ?? false);
  return { host: docker.Host, from, explicit: true, ...(tls === undefined ? {} : { tls }) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
