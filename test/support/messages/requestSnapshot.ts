import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ScriptedRequest } from './script.ts';

const folder = path.join(import.meta.dirname, '../../fixtures/requests');

/**
 * Compares the requests of a conversation with those kept under `test/fixtures/requests`, so that a
 * change in prompting is seen in review. `UPDATE_SNAPSHOTS=1` writes them anew.
 */
export async function matchRequests(name: string, requests: readonly ScriptedRequest[]): Promise<void> {
  const file = path.join(folder, `${name}.json`);
  const text = readable(requests);
  if (process.env['UPDATE_SNAPSHOTS'] === '1') return writeFile(file, text);
  const kept = await readFile(file, 'utf8').catch(() => '');
  assert.equal(
    text,
    kept,
    `The requests of "${name}" changed; see UPDATE_SNAPSHOTS in ${import.meta.filename}.`,
  );
}

/** The instructions and tools once, and then what each request adds. Ids are numbered anew. */
function readable(requests: readonly ScriptedRequest[]): string {
  const ids = new Map<string, string>();
  const plain = JSON.stringify(requests.map(({ body }) => body)).replace(/toolu_[A-Za-z0-9_]+/g, (id) => {
    const known = ids.get(id) ?? `toolu_${ids.size + 1}`;
    ids.set(id, known);
    return known;
  });
  const bodies = JSON.parse(plain) as { system?: unknown; tools?: unknown; messages: unknown[] }[];
  let sent = 0;
  const told = bodies.map(({ system: _system, tools: _tools, messages, ...rest }) => {
    const fresh = messages.slice(sent);
    sent = messages.length;
    return { ...rest, newMessages: fresh };
  });
  const first = bodies[0];
  const document = { instructions: first?.system, tools: first?.tools, requests: told };
  return `${JSON.stringify(document, withLines, 2)}\n`;
}

/** Long texts by the line, and images by their size: the file is for reading. */
function withLines(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (key === 'data' && value.length > 100) return `<${value.length} characters of base64>`;
  return value.includes('\n') ? value.split('\n') : value;
}
