/** For people: why this machine could not write a file. */
export function whyNotKept(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk of this machine is full';
    case undefined:
      return error instanceof Error ? error.message : String(error);
    default:
      return `this machine could not write it: ${String(code)}`;
  }
}
