/**
 * A path that stays inside the folder it is relative to, in its shortest form; undefined when it
 * would not: absolute, with `..`, a drive letter, a backslash or a control character.
 */
export function workspacePath(name: string): string | undefined {
  if (name === '' || name.length > 1024 || name.includes('\\') || hasControl(name)) return undefined;
  if (name.startsWith('/') || name.startsWith('~') || /^[a-zA-Z]:/.test(name)) return undefined;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..')) return undefined;
  return parts.join('/');
}

function hasControl(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}

const secretNames = [
  /^\.env(\..+)?$/i,
  /^\.(netrc|npmrc|pypirc|pgpass|git-credentials|htpasswd)$/i,
  /^id_(rsa|dsa|ecdsa|ed25519)(\.pub)?$/i,
  /\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg)$/i,
  /^(credentials|secrets?)(\.(json|ya?ml|toml|ini|txt|xml))?$/i,
  /^service[-_]?account.*\.json$/i,
  /\.tfstate(\.backup)?$/i,
];

const secretFolders = new Set(['.git', '.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker', '.gcloud']);

/** Whether a path names what usually holds keys or passwords; the model never gets such a file. */
export function isSecretPath(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (/^\.env\.(example|sample|template)$/i.test(name)) return false;
  return (
    parts.some((part) => secretFolders.has(part.toLowerCase())) ||
    secretNames.some((pattern) => pattern.test(name))
  );
}

const obeyedFolders = new Set(
  '.git .vscode .vscode-insiders .devcontainer .idea .fleet .zed .cursor .husky .claude .agents'.split(' '),
);
const obeyedNames = [/\.code-workspace$/i, /^\.envrc$/i];

/**
 * Whether a path names what the editor, git or an agent obeys without being asked: one approved change
 * there would go on deciding what runs on the machine, outside of any sandbox.
 */
export function isObeyedPath(path: string): boolean {
  const parts = path.split('/');
  return (
    parts.some((part) => obeyedFolders.has(part.toLowerCase())) ||
    obeyedNames.some((pattern) => pattern.test(parts.at(-1) ?? ''))
  );
}
