import * as z from 'zod/mini';

const moduleName = z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/));
const text = z._default(z.string(), '');
const whole = (least: number, most: number, value: number) =>
  z._default(z.int().check(z.gte(least), z.lte(most)), value);

/** What a person may set about the Docker sandbox; every field has a default that just works. */
export const dockerSettings = z.object({
  /** Hardened containers that wait for a run; 0 starts one for each run. */
  poolSize: whole(0, 5, 3),
  /** Python modules that waiting containers have imported already; missing ones are skipped. */
  preload: z._default(z.array(moduleName), ['numpy', 'pandas', 'matplotlib.pyplot']),
  /** The engine's runtime, e.g. `runc` or `runsc`; empty: the engine's default. */
  runtime: z._default(z.string().check(z.regex(/^[A-Za-z0-9._-]*$/)), ''),
  /** PyPI requirements added to the default image. */
  packages: z._default(z.array(z.string()), []),
  /** An image of the person's own that can serve the runner; empty: ours. */
  customImage: text,
  /** PEM file with certificate authorities for building images; empty: the system's. */
  caFile: text,
  /** Engine address as in DOCKER_HOST; empty: found by itself. */
  host: text,
  /** Docker context to use; empty: the current one. */
  context: text,
  /** Runs at once; further ones wait. */
  maxConcurrent: whole(1, 64, 16),
  /** Waiting containers are let go after so many idle seconds, and come back with the next run. */
  idleSeconds: whole(1, 86_400, 600),
  /** A session's container ends after so many idle seconds. */
  sessionIdleSeconds: whole(1, 86_400, 1800),
});

export type DockerSettings = z.infer<typeof dockerSettings>;

/** The settings when nobody has set anything. */
export const defaultDockerSettings: DockerSettings = dockerSettings.parse({});
