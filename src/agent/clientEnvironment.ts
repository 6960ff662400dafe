/** Variables that the SDK reads when a client is made, and that no option of it turns off. */
const headers = 'ANTHROPIC_CUSTOM_HEADERS';

/**
 * Makes a client of the Messages API that takes no headers from the environment: they may hold a
 * secret for another endpoint than the one in the settings. Nothing else runs while the variable is away.
 */
export function withoutHeaders<T>(environment: NodeJS.ProcessEnv, make: () => T): T {
  const kept = environment[headers];
  delete environment[headers];
  try {
    return make();
  } finally {
    if (kept !== undefined) environment[headers] = kept;
  }
}
