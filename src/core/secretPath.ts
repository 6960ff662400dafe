const secretNames = [
  // Environment files: `.env`, `.env.local`, `.envrc`, `prod.env`.
  /^\.env(\..+|rc)?$/,
  /\.env$/,
  /\.tfvars(\.json)?$/,
  /\.tfstate(\.backup)?$/,
  // What tools keep their passwords in.
  /^[._]netrc$/,
  /^\.(npmrc|pypirc|pgpass|my\.cnf|git-credentials|htpasswd|dockercfg|dockerconfigjson|s3cfg|boto|terraformrc|vault[-_](token|pass))$/,
  /^(.+\.)?kubeconfig(\.ya?ml)?$/,
  // Keys and what they are kept in.
  /^id_(rsa|dsa|ecdsa|ed25519)([._-].*)?$/,
  /\.(pem|key|p8|p12|pfx|pkcs12|jks|keystore|kdbx|ppk|asc|gpg|ovpn)$/,
  /^(credentials?|secrets?)(\.[^.]+)?$/,
  /^client[-_]?secrets?.*\.json$/,
  /^service[-_]?account.*\.json$/,
];

/** Examples of environment files have no secrets in them: they are there to be read. */
const examples = /\.env\.(example|sample|template|dist)$/;

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
]);

/** Whether a relative path names what usually holds keys or passwords. */
export function isSecretPath(path: string): boolean {
  return inEachForm(path).some((parts) => {
    const name = parts.at(-1) ?? '';
    if (parts.some((part) => secretFolders.has(part))) return true;
    return !examples.test(name) && secretNames.some((pattern) => pattern.test(name));
  });
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
