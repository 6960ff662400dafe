import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.ts';

/**
 * Files in memory that live while their editor is open; only files that were put here exist. Two proposals of
 * the same code have each a copy of its own, so the whole address counts.
 */
export class EditCopies implements vscode.FileSystemProvider, Disposable {
  readonly #files = new Map<string, { bytes: Uint8Array; readonly ctime: number; mtime: number }>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  readonly onDidChangeFile = this.#changed.event;

  put(uri: vscode.Uri, text: string): void {
    const now = Date.now();
    this.#files.set(uri.toString(), { bytes: new TextEncoder().encode(text), ctime: now, mtime: now });
  }

  has(uri: vscode.Uri): boolean {
    return this.#files.has(uri.toString());
  }

  drop(uri: vscode.Uri): void {
    if (this.#files.delete(uri.toString())) {
      this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
    }
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
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    this.#files.delete(uri.toString());
  }

  rename(from: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(from);
  }

  dispose(): void {
    this.#files.clear();
    this.#changed.dispose();
  }

  #file(uri: vscode.Uri): { bytes: Uint8Array; readonly ctime: number; mtime: number } {
    const file = this.#files.get(uri.toString());
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
