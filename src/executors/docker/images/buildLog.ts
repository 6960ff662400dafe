import { stripVTControlCharacters } from 'node:util';

const keptLines = 40;

const phases: readonly (readonly [RegExp, string])[] = [
  [/apt-get/, 'installing Python'],
  [/pip install/, 'fetching packages'],
  [/--from=extra/, 'adding packages'],
  [/slim\.sh/, 'taking away what a sandbox must not have'],
  [/--from=root/, 'writing the image'],
  [/runner/, 'adding the runner'],
];

/** The last lines of a build, and its steps in words for the person who waits. */
export class BuildLog {
  readonly lines: string[] = [];
  #progress: (message: string) => void;
  #partial = '';
  #said = '';

  constructor(progress: (message: string) => void) {
    this.#progress = progress;
  }

  /** Output of the build, cut anywhere. */
  write(text: string): void {
    const lines = (this.#partial + text).split(/\r?\n|\r/);
    this.#partial = (lines.pop() ?? '').slice(0, 2000);
    for (const line of lines) this.#line(line);
  }

  /** What the engine does besides, such as pulling the base image. */
  status(text: string): void {
    if (/^(Pulling|Downloading|Extracting)/.test(text)) this.#say('Pulling the base image…');
  }

  #line(line: string): void {
    const plain = stripVTControlCharacters(line).trimEnd();
    if (plain === '' || /^( ---> |Removing intermediate container )/.test(plain)) return;
    this.lines.push(plain.slice(0, 300));
    if (this.lines.length > keptLines) this.lines.shift();
    const step = /^(?:\[\d+\/\d+\] )?STEP (\d+)\/(\d+) ?: (.*)/i.exec(plain);
    if (step === null) return;
    const phase = phases.find(([pattern]) => pattern.test(step[3] ?? ''))?.[1];
    if (phase === undefined) return;
    this.#say(`Building the sandbox image (step ${step[1] ?? ''} of ${step[2] ?? ''}): ${phase}…`);
  }

  #say(message: string): void {
    if (message === this.#said) return;
    this.#said = message;
    this.#progress(message);
  }
}
