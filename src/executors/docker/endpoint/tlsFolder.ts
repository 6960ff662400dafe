import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TlsMaterial } from './candidates.ts';

/** Certificates as Docker lays them down: ca.pem, cert.pem and key.pem. Undefined when none is there. */
export async function tlsFolder(folder: string, skipVerify: boolean): Promise<TlsMaterial | undefined> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readFile(path.join(folder, name)).catch(() => undefined)),
  );
  if (ca === undefined && cert === undefined && key === undefined && !skipVerify) return undefined;
  return {
    skipVerify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}
