import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

/** What the bench asks for: the extension to activate, and where to say how long it took. */
export interface ProbeOrder {
  readonly extension: string;
  readonly answer: string;
}

/** Activates the extension that `order.json` beside this one names, and tells the milliseconds. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const order = JSON.parse(
    await readFile(path.join(context.extensionPath, 'order.json'), 'utf8'),
  ) as ProbeOrder;
  const extension = vscode.extensions.getExtension(order.extension);
  const start = performance.now();
  if (extension !== undefined && !extension.isActive) await extension.activate();
  const ms = performance.now() - start;
  const answer = extension?.isActive === true ? { ms } : { problem: `${order.extension} is not there` };
  await writeFile(`${order.answer}.half`, JSON.stringify(answer));
  await rename(`${order.answer}.half`, order.answer);
}
