import { z } from 'zod';

const moduleName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/);

/** What a person may set about the Docker sandbox; every field has a default that just works. */
export const dockerSettings = z.object({
  /** Hardened containers that wait for a run; 0 starts one for each run. */
  poolSize: z.number().int().min(0).max(5).default(3),
  /** Python modules that waiting containers have imported already; missing ones are skipped. */
  preload: z.array(moduleName).default(['numpy', 'pandas', 'matplotlib.pyplot']),
  /** The engine's runtime, e.g. `runc` or `runsc`; empty: the engine's default. */
  runtime: z
    .string()
    .regex(/^[A-Za-z0-9._-]*$/)
    .default(''),
  /** PyPI requirements added to the default image. */
  packages: z.array(z.string()).default([]),
  /** An image of the person's own that can serve the runner; empty: ours. */
  customImage: z.string().default(''),
  /** PEM file with certificate authorities for building images; empty: the system's. */
  caFile: z.string().default(''),
  /** Engine address as in DOCKER_HOST; empty: found by itself. */
  host: z.string().default(''),
  /** Docker context to use; empty: the current one. */
  context: z.string().default(''),
  /** Runs at once; further ones wait. */
  maxConcurrent: z.number().int().min(1).max(64).default(16),
  /** Waiting containers are let go after so many idle seconds, and come back with the next run. */
  idleSeconds: z.number().int().min(1).default(600),
  /** A session's container ends after so many idle seconds. */
  sessionIdleSeconds: z.number().int().min(1).default(1800),
});

export type DockerSettings = z.infer<typeof dockerSettings>;

/** The settings when nobody has set anything. */
export const defaultDockerSettings: DockerSettings = dockerSettings.parse({});
