import { z } from 'zod';

/** Frame types from the runner to the host. */
export const fromRunner = {
  hello: 'h',
  started: 's',
  stdout: 'o',
  stderr: 'e',
  value: 'v',
  artifact: 'a',
  artifactData: 'd',
  notice: 'n',
  exit: 'x',
  end: 'z',
  reply: 'r',
} as const;

/** The runner is ready: its libraries are imported and it waits for a run. */
export const helloMessage = z.object({
  protocol: z.number().int(),
  pid: z.number().int(),
  python: z.string().max(100),
  missing: z.array(z.string()),
});
export type HelloMessage = z.infer<typeof helloMessage>;

/** How the program ended, as process 1 of the sandbox saw it. */
export const exitMessage = z.object({
  exitCode: z.number().int().nullable(),
  signal: z.string().max(20).nullable(),
  /** Why the runner ended the program, if it did. */
  reason: z.enum(['timeout', 'cpu', 'output', 'inputs', 'language', 'start']).nullable(),
  detail: z.string(),
  wallMs: z.number().nonnegative(),
  cpuMs: z.number().nonnegative(),
  peakMemoryBytes: z.number().nonnegative(),
  /** Processes that the kernel killed in this sandbox for want of memory. */
  oomKills: z.number(),
});
export type ExitMessage = z.infer<typeof exitMessage>;

export const artifactMessage = z.object({
  name: z.string().max(8192),
  bytes: z.number().int().nonnegative(),
});
export const textMessage = z.object({ text: z.string() });

/** Answer to putting or fetching a file: the name of a POSIX error, or null. */
export const replyMessage = z.object({ error: z.string().max(40).nullable() });
