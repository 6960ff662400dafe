import type { SyntaxNode } from '../parse/tree.ts';
import { childOf } from '../parse/tree.ts';
import type { ShellState } from './shellState.ts';

/** Programs that read all that they are given before they end. */
const readers = new Set(
  'cat tac tail sort uniq wc tr rev nl fold fmt strings base64 base32 od hexdump xxd cp tee gzip bzip2 xz zstd cksum md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum sum iconv expand pr shuf split'.split(
    ' ',
  ),
);
/** Options by which some of them end before. */
const limits: Readonly<Record<string, RegExp>> = {
  od: /^(-N|--read-bytes)/,
  hexdump: /^-n/,
  xxd: /^-l/,
};
const endless = /^\/+dev\/+(\.\/+)*zero$/;

/** Notes which commands end because the next one in the pipe does, and which read an endless file. */
export function findStreams(state: ShellState, node: SyntaxNode, bounded = false): void {
  state.spend(1);
  switch (node.type) {
    case 'command':
      if (bounded || nameOf(state, node) === 'timeout') state.bounded.add(node);
      break;
    case 'pipeline':
      node.children.forEach((child, index) => {
        const later = node.children.slice(index + 1).some((stage) => !readers.has(nameOf(state, stage)));
        findStreams(state, child, bounded || later);
      });
      return;
    case 'redirected_statement':
      noteRedirects(state, node);
      if (node.children.some((child) => /^1?&?>/.test(state.textOf(child)))) bounded = false;
      break;
    case 'command_substitution':
      bounded = false;
      break;
    case 'process_substitution':
      bounded = true;
      break;
    case 'function_definition': {
      const name = childOf(node, 'name');
      // Where its output goes is up to whoever calls it.
      bounded = name !== undefined && isPiped(state, state.textOf(name));
      break;
    }
  }
  for (const child of node.children) findStreams(state, child, bounded);
}

function noteRedirects(state: ShellState, node: SyntaxNode): void {
  const body = childOf(node, 'body');
  for (const one of node.children) {
    if (one.type !== 'file_redirect' || body?.type !== 'command') continue;
    if (readsEndless(state, one)) state.fed.add(body);
  }
}

/** Whether a redirection reads a file that has no end. */
export function readsEndless(state: ShellState, redirect: SyntaxNode): boolean {
  const destination = childOf(redirect, 'destination');
  const input = /^0?</.test(state.textOf(redirect));
  return input && destination !== undefined && endless.test(state.textOf(destination).replace(/["'\\]/g, ''));
}

function nameOf(state: ShellState, node: SyntaxNode): string {
  if (node.type === 'redirected_statement') {
    const body = childOf(node, 'body');
    return body === undefined ? '' : nameOf(state, body);
  }
  const name = node.type === 'command' ? childOf(node, 'name') : undefined;
  return name === undefined ? '' : state.textOf(name);
}

function isPiped(state: ShellState, name: string): boolean {
  const plain = name.replace(/[^\w-]/g, '\\$&');
  return new RegExp(`(^|[\\s;&({])${plain}\\b[^;\\n|]{0,400}\\|(?!\\|)|<\\(\\s*${plain}\\b`).test(
    state.source,
  );
}

/** Whether a command reads, or says, something without an end and nothing stops it. */
export function neverEnds(
  state: ShellState,
  node: SyntaxNode,
  name: string,
  texts: readonly string[],
): boolean {
  if (state.bounded.has(node)) return false;
  if (name === 'yes') return !texts.some((text) => /^--(help|version)$/.test(text));
  const fed = state.fed.has(node);
  // What tee is given are the files it writes.
  const given = fed || (name !== 'tee' && texts.some((text) => endless.test(text)));
  if (name === 'head') return given && !texts.some((text) => /^-c|^--bytes/.test(text));
  if (name === 'dd') {
    const reads = fed || texts.some((text) => text.startsWith('if=') && endless.test(text.slice(3)));
    return reads && !texts.some((text) => text.startsWith('count='));
  }
  const limit = limits[name];
  return given && readers.has(name) && !(limit !== undefined && texts.some((text) => limit.test(text)));
}
