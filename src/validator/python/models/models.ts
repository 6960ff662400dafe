import { asyncModels } from './async.ts';
import { builtinModels } from './builtins.ts';
import { classModels } from './classHelpers.ts';
import { codecModels } from './codecs.ts';
import { functionalModels } from './functional.ts';
import { givenDataModels } from './givenData.ts';
import { handedThroughModels } from './handedThrough.ts';
import { importModels } from './importing.ts';
import { iteratorModels } from './iterators.ts';
import type { Model } from './libCall.ts';
import { matchModels } from './matches.ts';
import { namedCodeModels } from './namedCode.ts';
import { namespaceModels } from './namespaces.ts';
import { packedModels } from './packed.ts';
import { pathModels } from './paths.ts';
import { templateModels } from './templates.ts';

/** What library functions do with their arguments and give back, by canonical name. */
export const models: ReadonlyMap<string, Model> = new Map([
  ...builtinModels,
  ...namespaceModels,
  ...iteratorModels,
  ...functionalModels,
  ...classModels,
  ...codecModels,
  ...importModels,
  ...asyncModels,
  ...templateModels,
  ...matchModels,
  ...packedModels,
  ...pathModels,
  ...handedThroughModels,
  ...givenDataModels,
  ...namedCodeModels,
]);

/** The same for methods of library objects; `self` is set. */
export const methodModels: ReadonlyMap<string, Model> = models;
