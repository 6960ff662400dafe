import { createHmac } from 'node:crypto';

/** Stands in for the real service's opaque signature: any change of the text makes it invalid. */
export function signThinking(thinking: string): string {
  return createHmac('sha256', 'scripted thinking').update(thinking).digest('base64');
}
