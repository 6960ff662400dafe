import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { settingTable, type SettingName } from '../../settings/settingTable.ts';
import { exactLine } from '../plainText.ts';
import { UsageError } from '../usageError.ts';
import { allowedText } from './allowedText.ts';

/** Settings by their names without the prefix; each has passed its schema. */
export type GivenSettings = ReadonlyMap<SettingName, unknown>;

const prefix = 'glovebox.';
const names = Object.keys(settingTable);
const object = z.record(z.string(), z.unknown());

/**
 * Reads `--settings FILE`: JSON with the editor's `glovebox.*` settings. What can't be used is a fault of the
 * command line and no default: who wrote a limit means it.
 *
 * @throws UsageError that names all that is wrong, and what would be right.
 */
export async function readSettingsFile(file: string): Promise<GivenSettings> {
  const { data } = object.safeParse(await readJson(file));
  if (data === undefined)
    throw new UsageError(`The settings ${file} have to be an object, such as {"glovebox.sandbox": "wasm"}.`);
  const given = new Map<SettingName, unknown>();
  const problems: string[] = [];
  for (const [key, value] of Object.entries(data)) {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : '';
    if (!isSetting(name)) problems.push(unknownText(key));
    else if (settingTable[name].schema.safeParse(value).success) given.set(name, value);
    else problems.push(`${key} takes ${allowedText(settingTable[name].schema)}, not ${short(value)}.`);
  }
  if (problems.length === 0) return given;
  throw new UsageError(
    `The settings ${file} can't be used.\n${problems.map((line) => `  ${exactLine(line)}`).join('\n')}`,
  );
}

function isSetting(name: string): name is SettingName {
  return Object.hasOwn(settingTable, name);
}

function unknownText(key: string): string {
  if (isSetting(key)) return `There is no setting "${key}"; its name is ${prefix}${key}.`;
  const group = key.slice(0, key.lastIndexOf('.') + 1);
  const near = names
    .map((name) => prefix + name)
    .filter((name) => group !== prefix && name.startsWith(group));
  const known = near.length > 0 ? near : names.map((name) => prefix + name);
  return `There is no setting "${key}". There are ${known.join(', ')}.`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`The settings ${file} can't be read: ${(error as Error).message}.`);
  }
}
