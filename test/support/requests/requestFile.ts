/** The sections of a file of kept requests, by their titles. */
export type Sections = ReadonlyMap<string, string>;

const head = '## ';

export function readSections(text: string): Sections {
  const sections = new Map<string, string>();
  for (const part of text.split(/^(?=## )/m).slice(1)) {
    const end = part.indexOf('\n');
    sections.set(part.slice(head.length, end), part.slice(end + 1).trim());
  }
  return sections;
}

/** Sections in the order of these titles, and then those that have none of them. */
export function sectionsText(file: string, sections: Sections, titles: readonly string[]): string {
  const order = new Set([...titles, ...sections.keys()]);
  const parts = [...order].flatMap((title) => {
    const text = sections.get(title);
    return text === undefined ? [] : [`${head}${title}\n\n${text}\n`];
  });
  return parts.length === 0 ? '' : [`# ${file}\n`, ...parts].join('\n');
}
