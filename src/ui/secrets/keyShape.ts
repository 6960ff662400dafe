/** Why a typed key can't be one, in a sentence, or undefined. The message never repeats the key. */
export function keyProblem(value: string): string | undefined {
  const key = value.trim();
  if (key === '') return 'Paste your API key.';
  if (/\s/.test(key)) return 'A key has no spaces or line breaks in it.';
  if (!/^[\x21-\x7e]+$/.test(key)) return 'A key has only plain letters, digits and signs.';
  if (key.length < 8) return 'This is too short to be a key.';
  return undefined;
}

/** Works with a gateway, but does not look like a key of Anthropic. */
export function oddKey(value: string): boolean {
  return !value.trim().startsWith('sk-ant-');
}
