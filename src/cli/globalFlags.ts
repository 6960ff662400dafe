import { z } from 'zod';
import type { SandboxChoice } from '../appSettings.ts';
import { presets, type Preset } from '../validator/policy/policySchema.ts';
import { parseSandbox, UsageError } from './usageError.ts';

export interface GlobalFlags {
  readonly sandbox: SandboxChoice | undefined;
  readonly baseUrl: string | undefined;
  readonly policyFile: string | undefined;
  readonly preset: Preset | undefined;
  readonly settingsFile: string | undefined;
  /** Of `ask` alone. */
  readonly model: string | undefined;
}

const names: ReadonlySet<string> = new Set([
  '--sandbox',
  '--base-url',
  '--policy',
  '--preset',
  '--settings',
  '--model',
]);

/**
 * Takes the flags that go with every command out of the words, wherever they stand before a `--`: what is
 * behind that is no flag, whatever it looks like, but the name of a file that others may have chosen.
 *
 * @throws UsageError for a flag that comes twice, of which one would switch the other off.
 */
export function takeGlobalFlags(args: readonly string[]): { flags: GlobalFlags; rest: string[] } {
  const words = flagWords(args);
  const rest: string[] = [];
  const found = new Map<string, string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const [name, value] = splitFlag(word);
    if (!names.has(name)) {
      rest.push(word);
      continue;
    }
    if (found.has(name)) throw new UsageError(`${name} is given twice.`);
    found.set(name, value ?? valueOf(name, words[++index]));
  }
  rest.push(...args.slice(words.length));
  return {
    flags: {
      sandbox: parseSandbox(found.get('--sandbox')),
      baseUrl: parseUrl(found.get('--base-url')),
      policyFile: found.get('--policy'),
      preset: parsePreset(found.get('--preset')),
      settingsFile: found.get('--settings'),
      model: parseModel(found.get('--model')),
    },
    rest,
  };
}

/** The words that may be flags: those before `--`. */
export function flagWords(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}

function splitFlag(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return word.startsWith('--') && at > 0 ? [word.slice(0, at), word.slice(at + 1)] : [word, undefined];
}

function valueOf(name: string, word: string | undefined): string {
  if (word === undefined) throw new UsageError(`${name} wants a value.`);
  if (word.startsWith('--'))
    throw new UsageError(`${name} wants a value; if that is ${word}, write ${name}=${word}.`);
  return word;
}

function parsePreset(text: string | undefined): Preset | undefined {
  if (text === undefined) return undefined;
  const found = presets.find((preset) => preset === text);
  if (found === undefined) throw new UsageError(`--preset takes ${presets.join(', ')}, not "${text}".`);
  return found;
}

function parseModel(text: string | undefined): string | undefined {
  if (text?.trim() === '') throw new UsageError('--model takes the name of a model.');
  return text;
}

function parseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const { success } = z.url({ protocol: /^https?$/ }).safeParse(text);
  if (!success) throw new UsageError(`--base-url takes an http(s) URL, not "${text}".`);
  return text;
}
