import * as vscode from 'vscode';
import type { RunRecord } from '../../core/record.ts';
import { metricsBlock } from '../output/metricsBlock.ts';
import { screenText, type KnownSecrets } from '../output/screenText.ts';
import { fileName } from '../preview/proposalUri.ts';
import type { LoadApp } from '../uiApp.ts';

export const recordScheme = 'glovebox-run';

type Part = 'code' | 'output';

/** A part of a record as a read-only document, for opening and comparing. */
export function recordUri(record: RunRecord, part: Part): vscode.Uri {
  const name = part === 'code' ? fileName(record) : 'output.txt';
  return vscode.Uri.from({
    scheme: recordScheme,
    path: `/${name}`,
    query: new URLSearchParams({ run: record.runId, part }).toString(),
  });
}

export class RecordDocuments implements vscode.TextDocumentContentProvider {
  readonly #app: LoadApp;
  readonly #secrets: KnownSecrets;

  constructor(app: LoadApp, secrets: KnownSecrets) {
    this.#app = app;
    this.#secrets = secrets;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const query = new URLSearchParams(uri.query);
    const record = await (await (await this.#app()).history()).get(query.get('run') ?? '');
    if (record === undefined) return '';
    return query.get('part') === 'output' ? outputText(record, this.#secrets) : record.code;
  }
}

function outputText({ result }: RunRecord, secrets: KnownSecrets): string {
  if (result === undefined) return '';
  const value = result.value === undefined ? '' : `\nOut: ${result.value}\n`;
  const stderr = result.stderr === '' ? '' : `\n── stderr\n${result.stderr}`;
  const message = result.message === undefined ? '' : `\n── message\n${result.message}\n`;
  const files = result.artifacts.map((artifact) => `${artifact.name}  ${artifact.bytes}`).join('\n');
  const metrics = metricsBlock(result).map(([name, text]) => `${name.padEnd(12)} ${text}`);
  return screenText(
    `${result.stdout}${value}${stderr}${message}\n── files\n${files}\n\n── metrics\n${metrics.join('\n')}\n`,
    secrets,
  );
}
