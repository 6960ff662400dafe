/** Text between marks that it can't close itself, so that data stays data for whatever model reads it. */
export function fence(name: string, text: string): string[] {
  if (text === '') return [`<${name}/>`];
  const harmless = text.replaceAll(new RegExp(`<(/?)(${name})`, 'gi'), '<\\$1$2');
  return [`<${name}>`, harmless.endsWith('\n') ? harmless.slice(0, -1) : harmless, `</${name}>`];
}

/** For names and notices between our own lines: they must not be able to start a line of their own. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
