import os from 'node:os';
import type { RunRecord } from '../../core/record.ts';
import type { RunResult } from '../../core/run.ts';
import { screenText, type KnownSecrets } from '../output/screenText.ts';
import { placeRemover } from './placeRemover.ts';

/**
 * A record for other machines and other people: what the program wrote as the screen shows it, secrets masked,
 * and no path of this machine.
 */
export function exportedRun(record: RunRecord, secrets: KnownSecrets, home = os.homedir()): unknown {
  const { result } = record;
  return result === undefined ? record : { ...record, result: exportedResult(result, secrets, home) };
}

function exportedResult(
  { fullOutput: _files, ...result }: RunResult,
  secrets: KnownSecrets,
  home: string,
): unknown {
  const places = placeRemover(result.sandbox, home);
  const written = (text: string): string => screenText(places.output(text), secrets);
  const said = (text: string): string => screenText(places.text(text), secrets);
  const { image, reason } = result.sandbox;
  return {
    ...result,
    stdout: written(result.stdout),
    stderr: written(result.stderr),
    ...(result.value === undefined ? {} : { value: written(result.value) }),
    ...(result.message === undefined ? {} : { message: said(result.message) }),
    artifacts: result.artifacts.map(({ name, mime, bytes }) => ({ name, mime, bytes })),
    notices: result.notices.map((notice) => said(withoutPlace(notice))),
    sandbox: {
      ...result.sandbox,
      image: places.text(image),
      ...(reason === undefined ? {} : { reason: said(reason) }),
    },
  };
}

/** Notices of old records name the file that has all of a stream. */
function withoutPlace(notice: string): string {
  return notice.replace(/^(The whole std(?:out|err) is in) [^]*$/, '$1 a file of the machine that ran it');
}
