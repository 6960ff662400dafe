import * as vscode from 'vscode';

const ruleShape = /^[a-z][a-z.-]{0,60}$/;

/** Where a finding's rule is explained; as a command, because the page is shown rendered. */
export function rulePage(rule: string): vscode.Uri | undefined {
  if (!ruleShape.test(rule)) return undefined;
  return vscode.Uri.parse(`command:glovebox.showRule?${encodeURIComponent(JSON.stringify([rule]))}`, true);
}

/** Opens the documentation of the rules at one of them. */
export async function showRule(extensionUri: vscode.Uri, rule: unknown): Promise<void> {
  const page = vscode.Uri.joinPath(extensionUri, 'docs', 'rules.md');
  const fragment = typeof rule === 'string' && ruleShape.test(rule) ? rule : '';
  await vscode.commands.executeCommand('markdown.showPreview', page.with({ fragment }));
}
