import { inEachForm } from '../core/secretPath.ts';

/**
 * A path that stays inside the folder it is relative to, in its shortest form; undefined when it
 * would not: absolute, with `..`, a drive letter, a backslash, a control character or a line end.
 */
export function workspacePath(name: string): string | undefined {
  if (name === '' || name.length > 1024 || name.includes('\\') || hasControl(name)) return undefined;
  if (name.startsWith('/') || name.startsWith('~') || /^[a-zA-Z]:/.test(name)) return undefined;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..')) return undefined;
  return parts.join('/');
}

function hasControl(text: string): boolean {
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}

const obeyedFolders = new Set(
  (
    '.git .vscode .vscode-insiders .devcontainer .idea .fleet .zed .cursor .husky ' +
    '.claude .agents .codex .gemini .windsurf .kiro .continue .roo .cline .clinerules .opencode .amazonq .junie'
  ).split(' '),
);
const obeyedNames = [
  /\.code-workspace$/,
  /^\.envrc$/,
  // What agents read before anything else, and the servers that they start.
  /^(agents?|claude|gemini)(\.local|\.override)?\.md$/,
  /^\.(cursor|windsurf|cline|roo)?rules$/,
  /^\.?mcp\.json$/,
  /\.instructions\.md$/,
];
/** GitHub's folder holds much else, which nothing on this machine obeys. */
const obeyedInGithub =
  /^(skills|agents|prompts|instructions|chatmodes|hooks|mcp\.json|copilot-instructions\.md)$/;

/**
 * Whether a path names what the editor, git or an agent obeys without being asked: one approved change
 * there would go on deciding what runs on the machine, outside of any sandbox.
 */
export function isObeyedPath(path: string): boolean {
  return inEachForm(path).some(
    (parts) =>
      parts.some(
        (part, at) =>
          obeyedFolders.has(part) || (part === '.github' && obeyedInGithub.test(parts[at + 1] ?? '')),
      ) || obeyedNames.some((pattern) => pattern.test(parts.at(-1) ?? '')),
  );
}
