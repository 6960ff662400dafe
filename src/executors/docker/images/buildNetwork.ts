import { readFile } from 'node:fs/promises';
import { GloveboxError } from '../../../core/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a build reaches the package index from behind a company's proxy. */
export interface BuildNetwork {
  /** PEM certificates to trust besides the usual ones; empty when there are none. */
  readonly authorities: Buffer;
  /** Docker's predefined proxy arguments; they do not stay in the image. */
  readonly buildArgs: Readonly<Record<string, string>>;
  /** A proxy on the loopback interface is reachable from the host's own network only. */
  readonly networkMode: 'default' | 'host' | 'none';
}

/** For what is built on an image of somebody else's: it needs nothing, and learns of no proxy. */
export const noNetwork: BuildNetwork = { authorities: Buffer.alloc(0), buildArgs: {}, networkMode: 'none' };

const proxyNames = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'];

/**
 * Takes the certificates from the setting, else from where the host's own tools are told to look, so
 * that a machine behind a TLS-inspecting proxy needs no setting of ours.
 */
export async function buildNetwork(caFile: string | undefined, env: Environment): Promise<BuildNetwork> {
  const buildArgs: Record<string, string> = {};
  for (const upper of proxyNames) {
    const lower = upper.toLowerCase();
    // apt reads only the one spelling, others read only the other.
    const value = env[lower] || env[upper];
    if (value === undefined || value === '') continue;
    buildArgs[upper] = env[upper] || value;
    buildArgs[lower] = value;
  }
  const local = Object.values(buildArgs).some((value) =>
    /\/\/([^@/]*@)?(localhost|127\.|\[::1\])/.test(value),
  );
  return {
    authorities: await authorities(caFile, env),
    buildArgs,
    networkMode: local ? 'host' : 'default',
  };
}

async function authorities(caFile: string | undefined, env: Environment): Promise<Buffer> {
  if (caFile !== undefined && caFile !== '') {
    const pem = await readFile(caFile).catch((error: unknown) => {
      throw new GloveboxError(
        'image-build',
        `The certificate file ${caFile} cannot be read. Correct the setting glovebox.docker.caFile.`,
        { cause: error },
      );
    });
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
      throw new GloveboxError(
        'image-build',
        `${caFile} holds no PEM certificate. Point glovebox.docker.caFile to a file with "BEGIN CERTIFICATE" in it.`,
      );
    }
    return pem;
  }
  const found: Buffer[] = [];
  for (const file of new Set([env['NODE_EXTRA_CA_CERTS'], env['SSL_CERT_FILE']])) {
    if (file === undefined || file === '') continue;
    const pem = await readFile(file).catch(() => Buffer.alloc(0));
    if (pem.includes('-----BEGIN CERTIFICATE-----')) found.push(pem, Buffer.from('\n'));
  }
  return Buffer.concat(found);
}
