/** An answer with every kind of block, about as long as asked for. */
export function longAnswer(tokens: number): string {
  const parts: string[] = [];
  for (let section = 1; parts.join('').length < tokens * 4; section += 1) {
    parts.push(
      `## Section ${section}\n\n`,
      `The total of **month ${section}** is \`${section * 37}\`, which is more than *before*. `.repeat(4),
      '\n\n',
      `1. first of ${section}\n2. second\n   - nested\n   - more\n3. third\n\n`,
      `\`\`\`python\nfor i in range(${section}):\n    print(i)\n\n\nprint("done")\n\`\`\`\n\n`,
      `| month | total |\n| --- | ---: |\n${Array.from({ length: 6 }, (_, row) => `| ${row} | ${row * section} |\n`).join('')}\n`,
      `> quoted ${section}\n> again\n\n- a\n\n- loose\n\n  with a second paragraph\n\n---\n\n`,
    );
  }
  return parts.join('');
}

/** The text in pieces as a model would send them. */
export function inTokens(text: string): readonly string[] {
  return text.match(/\s*\S{1,5}|\s+/g) ?? [];
}
