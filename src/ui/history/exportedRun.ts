import os from 'node:os';
import type { RunRecord } from '../../core/record.ts';
import type { RunResult } from '../../core/run.ts';
import { screenText, type KnownSecrets } from '../output/screenText.ts';
import { placeRemover } from './placeRemover.ts';

/**
 * A record for other machines and other people: what the program wrote as the screen shows it, secrets masked,
 * no path of this machine, and no address of an engine, which may name a person or a server.
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
  const said = (text: string): string => screenText(places.text(withoutAddress(text)), secrets);
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
      ...(reason === undefined ? {} : { reason: said(withoutDetail(reason)) }),
    },
  };
}

/** Why another sandbox could not be had is of that machine alone. */
function withoutDetail(reason: string): string {
  return reason.replace(/: [^]*$/, '');
}

function withoutAddress(text: string): string {
  return text.replace(/\b(?:unix|npipe|tcp|ssh|https?):\/\/[^\s,;()]+/g, 'its address');
}

/** Notices of old records name the file that has all of a stream. */
function withoutPlace(notice: string): string {
  return notice.replace(/^(The whole std(?:out|err) is in) [^]*$/, '$1 a file of the machine that ran it');
}
