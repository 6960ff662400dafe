import type { Output } from '../core/ports.ts';
import { metricsText } from './runReport.ts';
import { plainText } from './plainText.ts';
import type { Terminal } from './terminal.ts';

/** Which streams get the program's output as it is. */
export interface RawStreams {
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** A person reads along. */
export const neverRaw: RawStreams = { stdout: false, stderr: false };

/** Each stream by itself: one may go to a file while the other is looked at. */
export function rawWhereUnseen({ seen }: Terminal): RawStreams {
  return { stdout: !seen.stdout, stderr: !seen.stderr };
}

/**
 * Shows a run on the terminal as it happens: the program's output as it is where it goes to a file
 * or pipe, made harmless where a person looks at it; everything of ours on stderr.
 */
export function terminalOutput(terminal: Terminal, raw: RawStreams): Output {
  return {
    show(proposal, event) {
      switch (event.kind) {
        case 'progress':
          terminal.err(`${event.message}\n`);
          return;
        case 'started':
          terminal.err(
            `${plainText(proposal.title)} runs in ${event.sandbox.backend} (${event.sandbox.runtime})\n`,
          );
          return;
        case 'output':
          (event.stream === 'stdout' ? terminal.out : terminal.err)(
            raw[event.stream] ? event.text : plainText(event.text),
          );
          return;
        case 'artifact':
          return;
        case 'finished':
          terminal.err(metricsText(event.result));
      }
    },
  };
}

/** For `--json`: says only on stderr what is being waited for. */
export function quietOutput(terminal: Terminal): Output {
  return {
    show(_proposal, event) {
      if (event.kind === 'progress') terminal.err(`${event.message}\n`);
    },
  };
}
