import type { ToHost } from '../../protocol/toHost.ts';
import { visibleName } from '../visibleName.ts';
import { droppedPaths } from './droppedPaths.ts';
import { inMessages } from './inMessages.ts';
import { base64Of, pastedTextName } from './pasted.ts';

const largestPaste = 10 * 1024 * 1024;
/** Files from outside of the editor: each comes with its content. */
const mostFromOutside = 20;

export interface FileTaker {
  readonly send: (message: ToHost) => void;
  /** Names that are taken already. */
  readonly attached: () => ReadonlySet<string>;
  readonly refuse: (why: string) => void;
}

/** Attaches files that are dropped on `area`, and files, tables and long text that are pasted into `field`. */
export function takeFiles(area: HTMLElement, field: HTMLElement, taker: FileTaker): void {
  area.addEventListener('dragover', (event) => {
    event.preventDefault();
    area.classList.add('dropping');
  });
  area.addEventListener('dragleave', () => area.classList.remove('dropping'));
  area.addEventListener('drop', (event) => {
    event.preventDefault();
    area.classList.remove('dropping');
    if (event.dataTransfer !== null) take(event.dataTransfer, taker);
  });
  field.addEventListener('paste', (event) => {
    const data = event.clipboardData;
    if (data === null) return;
    if (take(data, taker)) return event.preventDefault();
    const text = data.getData('text/plain');
    const name = pastedTextName(text, taker.attached());
    if (name === undefined) return;
    event.preventDefault();
    takeContents([new File([text], name)], taker);
  });
}

/** False where there are no files. */
function take(data: DataTransfer, taker: FileTaker): boolean {
  const paths = droppedPaths(data);
  for (const some of inMessages(paths)) taker.send({ kind: 'attachPaths', paths: some });
  if (paths.length === 0) takeContents([...data.files], taker);
  return paths.length > 0 || data.files.length > 0;
}

/** What is left out is said in one go: a second note would take the place of the first. */
function takeContents(files: readonly File[], { send, refuse }: FileTaker): void {
  const why: string[] = [];
  for (const file of files.slice(0, mostFromOutside))
    if (file.size <= largestPaste) void attachData(file, send);
    else why.push(`${visibleName(file.name)} is larger than 10 MB. Attach it from its folder.`);
  const left = files.length - mostFromOutside;
  if (left > 0)
    why.push(`Only the first ${mostFromOutside} files were taken. Attach the other ${left} after them.`);
  if (why.length > 0) refuse(why.join(' '));
}

async function attachData(file: File, send: FileTaker['send']): Promise<void> {
  send({ kind: 'attachData', name: file.name, data: await base64Of(file) });
}
