import * as vscode from 'vscode';
import { globPattern } from './globPattern.ts';

/**
 * Whether the settings hide a path of the workspace, by `files.exclude` or `search.exclude`, or a
 * folder above it. Read when it is called; a condition on siblings counts as no exclude.
 */
export function editorExcludes(): (path: string) => boolean {
  const patterns = ['files', 'search'].flatMap((section) => {
    const given = vscode.workspace.getConfiguration(section).get<Record<string, unknown>>('exclude', {});
    return Object.entries(given).flatMap(([glob, on]) => (on === true ? (globPattern(glob) ?? []) : []));
  });
  return (path) => {
    const parts = path.split('/');
    return parts.some((_, at) => {
      const above = parts.slice(0, at + 1).join('/');
      return patterns.some((pattern) => pattern.test(above));
    });
  };
}
