import type { InputFile } from './proposal.ts';

const secretNames = [
  // Environment files: `.env`, `.env.local`, `.env-prod`, `.env~`, `.envrc`, `prod.env`, `env.production`.
  /^\.env(rc)?([._~-].*)?$/,
  /\.env$/,
  /^env\.(local|dev|development|test|stage|staging|prod|production)$/,
  /\.tfvars(\.json)?$/,
  /\.tfstate(\.backup)?$/,
  // What tools keep their passwords in.
  /^[._]netrc$/,
  /^\.(npmrc|yarnrc(\.ya?ml)?|pypirc|pgpass|my(login)?\.cnf|git-credentials|htpasswd|dockercfg|dockerconfigjson|s3cfg|boto|databrickscfg|terraformrc|vault[-_](token|pass))$/,
  /^(.+\.)?kubeconfig(\.ya?ml)?$/,
  /^(rclone\.conf|pip\.(conf|ini)|pgpass\.conf|wp-config\.php|local\.settings\.json|auth\.json)$/,
  // What was typed into shells and consoles, passwords among it.
  /^\.\w+_history$|^\.(zhistory|histfile|viminfo)$|^(fish_history|consolehost_history\.txt)$/,
  // Keys and what they are kept in.
  /^id_(rsa|dsa|ecdsa|ed25519)([._-].*)?$/,
  /\.(pem|key|p8|p12|pfx|pkcs12|jks|keystore|kdbx|ppk|asc|gpg|ovpn)$/,
  /(^|[-_.])key\.json$/,
  /^(credentials?|secrets?)(\.[^.]+)?$/,
  /(^|[-_.])credentials?(\.[\w-]+)?\.(json|ya?ml|toml|ini|tfrc)$/,
  /^secrets?\.[\w-]+\.(json|ya?ml|toml|ini)$/,
  /^client[-_]?secrets?.*\.json$/,
  /^service[-_]?account.*\.json$/,
  /(^|[-_])firebase-?adminsdk([-_.].*)?\.json$/,
];

/** Examples of environment files have no secrets in them: they are there to be read. */
const examples = /\.env[._-](example|sample|template|dist)$/;

/** Translations of the words about signing in are called as what keeps its tokens. */
const translations = new Set(['locale', 'locales', 'i18n', 'lang', 'langs', 'translations', 'messages']);

const secretFolders = new Set([
  '.git',
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
  '.gcloud',
  '.password-store',
  '.terraform.d',
]);
/** Of the tools that keep theirs in a folder for all, `.config/gh/hosts.yml` for one. */
const secretConfigs = new Set(['gh', 'glab-cli', 'hub', 'gcloud', 'rclone', 'op', 'doctl', 'sops']);

/**
 * Whether a relative path names what usually holds keys or passwords. Of a folder that was opened, its own
 * name belongs to the path: in `.ssh`, everything is a secret.
 */
export function isSecretPath(path: string): boolean {
  return inEachForm(path).some((parts) => {
    const name = parts.at(-1) ?? '';
    if (parts.some((part, at) => secretFolders.has(part) || isSecretConfig(part, parts[at + 1]))) return true;
    if (examples.test(name) || (name === 'auth.json' && parts.some((part) => translations.has(part))))
      return false;
    return secretNames.some((pattern) => pattern.test(name));
  });
}

function isSecretConfig(part: string, next: string | undefined): boolean {
  return part === '.config' && next !== undefined && secretConfigs.has(next);
}

/** Whether a file may hold secrets, by its name and by the place where it truly lies. */
export function mayHoldSecrets({ name, place = '' }: Pick<InputFile, 'name' | 'place'>): boolean {
  return isSecretPath(name) || isSecretPath(place);
}

/**
 * The parts of a path in small letters, as they stand and as Windows reads them: without dots and
 * spaces at the end of a name, and without a stream behind a colon. `.env.` and `.env::$DATA` open
 * `.env` there.
 */
export function inEachForm(path: string): readonly (readonly string[])[] {
  const parts = folded(path).split(/[\\/]/);
  return [parts, parts.map((part) => part.replace(/(?<=.):.*$/, '').replace(/(?<=[^. ])[. ]+$/, ''))];
}

/**
 * What file systems that don't tell some names apart see in one: for APFS and a folding ext4, the long s
 * is an s and the Kelvin sign a k, and HFS+ passes over characters that can't be seen.
 */
function folded(path: string): string {
  return path
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase();
}
