/** A place in a text, as far as the code under test asks the editor for it. */
export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
  with({ character }: { readonly character: number }): Position {
    return new Position(this.line, character);
  }
}

/** From one place to another. */
export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }
}
