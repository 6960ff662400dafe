import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import type { Parser, Tree } from '@vscode/tree-sitter-wasm';

type Runtime = typeof TreeSitter;

/** The grammars that come with the product; TypeScript's also reads JavaScript. */
export type Grammar = 'python' | 'javascript' | 'typescript' | 'bash';

/** Parsers by grammar, loaded on first use from `folder`. */
export class Parsers {
  readonly #folder: string;
  readonly #loading = new Map<Grammar, Promise<Parser>>();
  #runtime: Promise<Runtime> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The parser for a grammar; a failed load is tried again the next time. */
  load(grammar: Grammar): Promise<Parser> {
    let parser = this.#loading.get(grammar);
    if (parser === undefined) {
      parser = this.#create(grammar);
      this.#loading.set(grammar, parser);
      parser.catch(() => this.#loading.delete(grammar));
    }
    return parser;
  }

  /** Frees the parsers. */
  async dispose(): Promise<void> {
    for (const parser of this.#loading.values()) (await parser).delete();
    this.#loading.clear();
  }

  async #create(grammar: Grammar): Promise<Parser> {
    this.#runtime ??= this.#start();
    const [{ Parser, Language }, bytes] = await Promise.all([
      this.#runtime,
      readFile(path.join(this.#folder, `tree-sitter-${grammar}.wasm`)),
    ]);
    const parser = new Parser();
    parser.setLanguage(await Language.load(bytes));
    return parser;
  }

  async #start(): Promise<Runtime> {
    const [loaded, wasmBinary] = await Promise.all([
      import('@vscode/tree-sitter-wasm'),
      readFile(path.join(this.#folder, 'tree-sitter.wasm')),
    ]);
    // The package is CommonJS: its names arrive under `default` in some loaders.
    const runtime = 'default' in loaded ? (loaded.default as typeof loaded) : loaded;
    // The declared options leave out `wasmBinary`, which spares the module its own look for the file.
    const options: object = { wasmBinary };
    await runtime.Parser.init(options as Parameters<Runtime['Parser']['init']>[0]);
    return runtime;
  }
}

/** Parses, giving up after `milliseconds`; undefined when it took too long. */
export function parseWithin(
  parser: Parser,
  text: string,
  milliseconds: number,
  old?: Tree,
): Tree | undefined {
  const end = performance.now() + milliseconds;
  // The declared type says void, but a true answer cancels.
  const progressCallback = (): boolean => performance.now() > end;
  const tree = parser.parse(text, old ?? null, { progressCallback });
  if (tree === null) parser.reset();
  return tree ?? undefined;
}
