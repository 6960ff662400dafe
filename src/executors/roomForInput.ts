import type { Limits } from '../core/limits.ts';
import type { InputFile } from '../core/proposal.ts';

/** Of all input files together. */
export function inputBytesOf(files: readonly InputFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The work folder grows for large input, so that it leaves the program some room. */
export function withRoomFor(inputBytes: number, limits: Limits): Limits {
  if (inputBytes <= limits.workBytes / 2) return limits;
  return { ...limits, workBytes: limits.workBytes + inputBytes };
}
