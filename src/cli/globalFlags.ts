import { z } from 'zod';
import type { SandboxChoice } from '../appSettings.ts';
import { parseSandbox, UsageError } from './usageError.ts';

export interface GlobalFlags {
  readonly sandbox: SandboxChoice | undefined;
  readonly baseUrl: string | undefined;
}

/** Takes the flags that go with every command out of the words, wherever they stand. */
export function takeGlobalFlags(args: readonly string[]): { flags: GlobalFlags; rest: string[] } {
  const rest: string[] = [];
  const found = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    const [name, value] = splitFlag(word);
    if (name !== '--sandbox' && name !== '--base-url') rest.push(word);
    else found.set(name, value ?? args[++index] ?? missing(name));
  }
  return {
    flags: { sandbox: parseSandbox(found.get('--sandbox')), baseUrl: parseUrl(found.get('--base-url')) },
    rest,
  };
}

function splitFlag(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return word.startsWith('--') && at > 0 ? [word.slice(0, at), word.slice(at + 1)] : [word, undefined];
}

function missing(name: string): never {
  throw new UsageError(`${name} wants a value.`);
}

function parseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const { success } = z.url({ protocol: /^https?$/ }).safeParse(text);
  if (!success) throw new UsageError(`--base-url takes an http(s) URL, not "${text}".`);
  return text;
}
