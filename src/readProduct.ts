import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const manifest = z.object({
  version: z.string(),
  homepage: z.url().optional(),
  repository: z.union([z.string(), z.object({ url: z.string() })]).optional(),
});

export interface Product {
  readonly version: string;
  /** The public page of the product, where it says one. */
  readonly homepage?: string;
  /** The public page of the rules. */
  readonly rulesUrl?: string;
}

/** What the product in this folder says of itself. */
export async function readProduct(root: string): Promise<Product> {
  return productOf(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')));
}

/** Only addresses that others can open, too: a path of this machine helps nobody who reads a log. */
export function productOf(json: unknown): Product {
  const { version, homepage, repository } = manifest.parse(json);
  const given = typeof repository === 'string' ? repository : repository?.url;
  const source = /^(?:git\+)?(https:\/\/.+?)(?:\.git)?\/?$/.exec(given ?? '')?.[1];
  return {
    version,
    ...(homepage === undefined ? {} : { homepage }),
    ...(source === undefined ? {} : { rulesUrl: `${source}/blob/HEAD/docs/rules.md` }),
  };
}
