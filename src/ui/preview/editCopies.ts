import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.ts';
import type { KeptEdits } from './keptEdits.ts';

interface Copy {
  bytes: Uint8Array;
  readonly ctime: number;
  mtime: number;
}

/**
 * Files in memory that live while their editor is open, also over a reload of the window; only files that were
 * put here exist. Two proposals of the same code have each a copy of its own, so the whole address counts.
 */
export class EditCopies implements vscode.FileSystemProvider, Disposable {
  readonly #kept: KeptEdits;
  readonly #files: Map<string, Copy>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  readonly onDidChangeFile = this.#changed.event;

  constructor(kept: KeptEdits) {
    this.#kept = kept;
    this.#files = new Map(kept.all().map(({ address, text, at }) => [address, copyOf(text, at)]));
  }

  put(uri: vscode.Uri, text: string): void {
    const at = Date.now();
    this.#files.set(uri.toString(), copyOf(text, at));
    this.#kept.keep({ address: uri.toString(), text, at });
  }

  has(uri: vscode.Uri): boolean {
    return this.#files.has(uri.toString());
  }

  drop(uri: vscode.Uri): void {
    this.forget(uri);
    if (this.#files.delete(uri.toString())) {
      this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
    }
  }

  /** Of this one nothing is left to do; what is open of it stays until it is closed. */
  forget(uri: vscode.Uri): void {
    this.#kept.forget(uri.toString());
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.#file(uri);
    return { type: vscode.FileType.File, ctime: file.ctime, mtime: file.mtime, size: file.bytes.length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#file(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    const file = this.#file(uri);
    file.bytes = bytes;
    file.mtime = Date.now();
    this.#kept.keep({ address: uri.toString(), text: new TextDecoder().decode(bytes), at: file.mtime });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    this.forget(uri);
    this.#files.delete(uri.toString());
  }

  rename(from: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(from);
  }

  dispose(): void {
    this.#files.clear();
    this.#changed.dispose();
  }

  #file(uri: vscode.Uri): Copy {
    const file = this.#files.get(uri.toString());
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}

function copyOf(text: string, at: number): Copy {
  return { bytes: new TextEncoder().encode(text), ctime: at, mtime: at };
}
