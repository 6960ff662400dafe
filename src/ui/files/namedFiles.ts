import path from 'node:path';

const longestName = 200;
const mostNames = 200;

/**
 * The plain string literals of some code that could be relative file names, in order and once each.
 * A guess by design: only those that exist are offered, and a person sees them before they are read.
 */
export function literalsOf(code: string): readonly string[] {
  const found = new Set<string>();
  // Triple quotes first, so that their text is passed over and not taken for many short literals.
  const literal =
    /"""(?:[^\\]|\\[^])*?"""|'''(?:[^\\]|\\[^])*?'''|#[^\n]*|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g;
  for (const match of code.matchAll(literal)) {
    const text = (match[1] ?? match[2] ?? '').replaceAll('\\\\', '\\');
    if (looksLikeFile(text)) found.add(text);
    if (found.size >= mostNames) break;
  }
  return [...found];
}

function looksLikeFile(text: string): boolean {
  if (text.length === 0 || text.length > longestName) return false;
  if (/[\u0000-\u001f<>|*?{}]|:\/\//.test(text)) return false;
  return /[./\\]|^\w+$/.test(text) && !/^[.\s]+$/.test(text);
}

export type RelativeName =
  | { readonly kind: 'inside'; readonly name: string }
  /** Would lie outside of the folder: absolute, another drive, or above by `..`. */
  | { readonly kind: 'outside' };

/** The name under which the sandbox would know it, normalised and with forward slashes. */
export function relativeName(text: string): RelativeName {
  const slashed = text.replaceAll('\\', '/');
  if (slashed.startsWith('/') || slashed.startsWith('~') || /^[a-z]:/i.test(slashed))
    return { kind: 'outside' };
  const name = path.posix.normalize(slashed);
  if (name === '..' || name.startsWith('../') || name.includes('\0')) return { kind: 'outside' };
  return { kind: 'inside', name };
}
