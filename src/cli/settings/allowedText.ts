import { z } from 'zod';

type Schema = z.core.JSONSchema.BaseSchema;
type Inner = Schema | boolean | undefined;

/** What a setting takes, in words for the person who gave it something else. */
export function allowedText(schema: z.core.$ZodType): string {
  return wordsOf(z.toJSONSchema(schema));
}

function wordsOf(schema: Schema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(inner).join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return `one of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}`;
  switch (schema.type) {
    case 'integer':
      return `a whole number${rangeOf(schema)}`;
    case 'number':
      return `a number${rangeOf(schema)}`;
    case 'array':
      return `a list, each of it ${inner(Array.isArray(schema.items) ? undefined : schema.items)}`;
    case 'object':
      return schema.properties === undefined
        ? `an object, each value of it ${inner(schema.additionalProperties)}`
        : `an object with no other keys than ${Object.keys(schema.properties).join(', ')}`;
    case 'string':
      return textWords(schema);
    default:
      return 'another value';
  }
}

function rangeOf({ minimum, maximum }: Schema): string {
  return minimum === undefined || maximum === undefined ? '' : ` from ${minimum} to ${maximum}`;
}

function inner(schema: Inner): string {
  return typeof schema === 'object' ? wordsOf(schema) : 'any value';
}

function textWords({ format, pattern, minLength }: Schema): string {
  if (format === 'uri') return 'an http or https address';
  if (pattern !== undefined) return `text that matches ${pattern}`;
  return minLength === undefined ? 'text' : 'text that is not empty';
}
