import { z } from 'zod';
import type { SandboxChoice } from '../appSettings.ts';
import { presets, type Preset } from '../validator/policy/policySchema.ts';
import { parseSandbox, UsageError } from './usageError.ts';

export interface GlobalFlags {
  readonly sandbox: SandboxChoice | undefined;
  readonly baseUrl: string | undefined;
  readonly policyFile: string | undefined;
  readonly preset: Preset | undefined;
}

const names: ReadonlySet<string> = new Set(['--sandbox', '--base-url', '--policy', '--preset']);

/** Takes the flags that go with every command out of the words, wherever they stand. */
export function takeGlobalFlags(args: readonly string[]): { flags: GlobalFlags; rest: string[] } {
  const rest: string[] = [];
  const found = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    const [name, value] = splitFlag(word);
    if (!names.has(name)) rest.push(word);
    else found.set(name, value ?? args[++index] ?? missing(name));
  }
  return {
    flags: {
      sandbox: parseSandbox(found.get('--sandbox')),
      baseUrl: parseUrl(found.get('--base-url')),
      policyFile: found.get('--policy'),
      preset: parsePreset(found.get('--preset')),
    },
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

function parsePreset(text: string | undefined): Preset | undefined {
  if (text === undefined) return undefined;
  const found = presets.find((preset) => preset === text);
  if (found === undefined) throw new UsageError(`--preset takes ${presets.join(', ')}, not "${text}".`);
  return found;
}

function parseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const { success } = z.url({ protocol: /^https?$/ }).safeParse(text);
  if (!success) throw new UsageError(`--base-url takes an http(s) URL, not "${text}".`);
  return text;
}
