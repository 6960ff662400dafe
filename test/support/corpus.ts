import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One program of a corpus file, with what it reaches or why it is harmless. */
export interface CorpusCase {
  readonly family: string;
  readonly name: string;
  readonly about: string;
  readonly code: string;
  /** For debatable programs: the verdict that the policy asks for. */
  readonly expected: string | undefined;
}

const root = path.join(import.meta.dirname, '../fixtures/validator');

/**
 * Reads every program below a folder of test/fixtures/validator. A corpus file holds one family, or
 * names it program by program; a line `#%% name | about | flag` or `#%% family/name | about | flag`
 * starts a program. Flags: `cr` (old line ends), `json` (the body is
 * one JSON string, for characters an editor would eat), `allow` and `block` (debatable programs).
 */
export function readCorpus(folder: string): CorpusCase[] {
  return readdirSync(path.join(root, folder))
    .sort()
    .flatMap((file) => parse(file.replace(/\..*$/, ''), readFileSync(path.join(root, folder, file), 'utf8')));
}

function parse(family: string, text: string): CorpusCase[] {
  return text
    .split(/^#%% /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      const [name = '', about = '', flag] = part
        .slice(0, end)
        .split(' | ')
        .map((field) => field.trim());
      const slash = name.indexOf('/');
      return {
        family: slash < 0 ? family : name.slice(0, slash),
        name: name.slice(slash + 1),
        about,
        code: decode(part.slice(end + 1), flag),
        expected: flag,
      };
    });
}

function decode(body: string, flag: string | undefined): string {
  switch (flag) {
    case 'cr':
      return body.replaceAll('\n', '\r');
    case 'json':
      return String(JSON.parse(body));
    default:
      return body;
  }
}
