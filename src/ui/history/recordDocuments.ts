import * as vscode from 'vscode';
import { firstCode } from '../../core/decision.ts';
import type { RunRecord } from '../../core/record.ts';
import { metricsBlock } from '../output/metricsBlock.ts';
import { screenText, type KnownSecrets } from '../output/screenText.ts';
import { fileName } from '../preview/proposalUri.ts';
import type { LoadApp } from '../uiApp.ts';

export const recordScheme = 'glovebox-run';

/** `proposed`: the code before a person changed it. */
type Part = 'code' | 'output' | 'proposed';

/** A part of a record as a read-only document, for opening and comparing. */
export function recordUri(record: RunRecord, part: Part): vscode.Uri {
  const name = part === 'output' ? 'output.txt' : fileName(record);
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
    switch (query.get('part')) {
      case 'output':
        return outputText(record, this.#secrets);
      case 'proposed':
        return firstCode(record.decision) ?? record.code;
      default:
        return record.code;
    }
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
