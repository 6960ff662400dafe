/** Text that stands exactly once in a file, and what is to stand there instead. */
export interface TextEdit {
  readonly find: string;
  readonly replace: string;
}

export type EditedText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

/** Makes the edits one after the other. Each has to fit exactly once, so that no place is guessed. */
export function editText(text: string, edits: readonly TextEdit[]): EditedText {
  let current = text;
  for (const [index, { find, replace }] of edits.entries()) {
    const wanted = find.replaceAll('\r\n', '\n');
    const first = current.indexOf(wanted);
    const which = edits.length === 1 ? 'The text to find' : `The text to find of edit ${index + 1}`;
    if (first < 0)
      return { ok: false, problem: `${which} is not in the file. Read it again and copy it exactly.` };
    if (current.indexOf(wanted, first + 1) >= 0)
      return {
        ok: false,
        problem: `${which} is there more than once. Add lines around it until it is the only one.`,
      };
    const after = replace.replaceAll('\r\n', '\n');
    current = current.slice(0, first) + after + current.slice(first + wanted.length);
  }
  return current === text ? { ok: false, problem: 'The edits change nothing.' } : { ok: true, text: current };
}
