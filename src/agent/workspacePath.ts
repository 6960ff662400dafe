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
    '.git .vscode .vscode-insiders .vs .devcontainer .idea .fleet .zed .nova .cursor .husky .lefthook ' +
    '.claude .agents .codex .gemini .windsurf .kiro .continue .roo .cline .clinerules .opencode .amazonq .junie ' +
    '.qwen .trae .augment .kilocode .crush .goose .factory .openhands'
  ).split(' '),
);
const obeyedNames = [
  /\.code-workspace$/,
  /^\.envrc$/,
  // Programs that package managers, tool versions, editors and debuggers take from the folder they are in.
  /^\.yarnrc(\.ya?ml)?$/,
  /^\.?pnpmfile\.[cm]?js$/,
  /^\.?mise(\.[\w-]+)*\.toml$/,
  /^[._](exrc|vimrc|nvimrc|lvimrc)$|^\.(nvim\.lua|gdbinit|lldbinit|dir-locals(-2)?\.el)$/,
  // What agents read before anything else, and the servers that they start.
  /^(agents?|claude|gemini|qwen|crush)(\.local|\.override)?\.md$/,
  /^\.(cursor|windsurf|cline|roo|kilocode|trae)?rules$/,
  /^\.(goosehints|augment-guidelines|roomodes|kilocodemodes|aider\.conf\.ya?ml)$/,
  /^\.?(opencode|crush)\.jsonc?$/,
  /^\.?mcp\.json$/,
  /\.instructions\.md$/,
];
/** What is obeyed of folders that hold much else, which nothing on this machine obeys. */
const obeyedWithin: ReadonlyMap<string, RegExp> = new Map([
  ['.github', /^(skills|agents|prompts|instructions|chatmodes|hooks|mcp\.json|copilot-instructions\.md)$/],
  ['.cargo', /^config(\.toml)?$/],
  ['.yarn', /^(plugins|releases)$/],
  ['.config', /^(mise|mise\.toml|nvim|opencode|crush|goose)$/],
  ['.mise', /^(config\..+|conf\.d|tasks)$/],
  ['mise', /^config(\.[\w-]+)*\.toml$/],
]);

/**
 * Whether a path names what the editor, git, a package manager or an agent obeys without being asked: one approved change
 * there would go on deciding what runs on the machine, outside of any sandbox.
 */
export function isObeyedPath(path: string): boolean {
  return inEachForm(path).some(
    (parts) =>
      parts.some(
        (part, at) => obeyedFolders.has(part) || obeyedWithin.get(part)?.test(parts[at + 1] ?? '') === true,
      ) || obeyedNames.some((pattern) => pattern.test(parts.at(-1) ?? '')),
  );
}
