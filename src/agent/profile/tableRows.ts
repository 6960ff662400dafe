/**
 * The first rows of a table as cells, by the same rules as `RowScan`. `cut`: the text ends before the
 * table does, so a last row without its line break is left out.
 */
export function tableRows(text: string, separator: string, most: number, cut: boolean): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (row.some((each) => each !== '') || row.length > 1) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length && rows.length < most; at += 1) {
    const character = text.charAt(at);
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === '') quoted = true;
    else if (character === separator) endCell();
    else if (character === '\n') endRow();
    else cell += character;
  }
  if (!cut && rows.length < most) endRow();
  return rows;
}

/** The separator that gives the first row most cells. */
export function separatorOf(text: string): string {
  const head = text.slice(0, 64 * 1024);
  const cells = (mark: string): number => tableRows(head, mark, 1, false)[0]?.length ?? 0;
  return [',', ';', '\t', '|'].reduce((best, mark) => (cells(mark) > cells(best) ? mark : best));
}
