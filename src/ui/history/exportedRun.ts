import type { RunRecord } from '../../core/record.ts';
import type { RunResult } from '../../core/run.ts';
import { screenText, type KnownSecrets } from '../output/screenText.ts';

/**
 * A record for other machines and other people: what the program wrote as the screen shows it, secrets masked,
 * and no path of this machine.
 */
export function exportedRun(record: RunRecord, secrets: KnownSecrets): unknown {
  return record.result === undefined ? record : { ...record, result: exportedResult(record.result, secrets) };
}

function exportedResult({ fullOutput: _files, ...result }: RunResult, secrets: KnownSecrets): unknown {
  const shown = (text: string): string => screenText(text, secrets);
  return {
    ...result,
    stdout: shown(result.stdout),
    stderr: shown(result.stderr),
    ...(result.value === undefined ? {} : { value: shown(result.value) }),
    ...(result.message === undefined ? {} : { message: shown(result.message) }),
    artifacts: result.artifacts.map(({ name, mime, bytes }) => ({ name, mime, bytes })),
    notices: result.notices.map((notice) => shown(withoutPlace(notice))),
  };
}

/** Notices of old records name the file that has all of a stream. */
function withoutPlace(notice: string): string {
  return notice.replace(/^(The whole std(?:out|err) is in) [^]*$/, '$1 a file of the machine that ran it');
}
