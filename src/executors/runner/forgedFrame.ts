/** Bytes came over the control channel that the runner did not write: the program did, or took some away. */
export class ForgedFrame extends Error {
  override readonly name = 'ForgedFrame';
  constructor() {
    super('The program tried to speak for the sandbox.');
  }
}
