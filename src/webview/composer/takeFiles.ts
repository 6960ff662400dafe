import type { ToHost } from '../../protocol/toHost.ts';
import { visibleName } from '../visibleName.ts';
import { droppedPaths } from './droppedPaths.ts';
import { base64Of, pastedTextName } from './pasted.ts';

const largestPaste = 10 * 1024 * 1024;

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
    void attachData(name, new Blob([text]), taker);
  });
}

/** False where there are no files. */
function take(data: DataTransfer, taker: FileTaker): boolean {
  const paths = droppedPaths(data);
  if (paths.length > 0) taker.send({ kind: 'attachPaths', paths: [...paths] });
  else for (const file of [...data.files].slice(0, 20)) void attachData(file.name, file, taker);
  return paths.length > 0 || data.files.length > 0;
}

async function attachData(name: string, blob: Blob, { send, refuse }: FileTaker): Promise<void> {
  if (blob.size > largestPaste)
    return refuse(`${visibleName(name)} is larger than 10 MB. Attach it from its folder.`);
  send({ kind: 'attachData', name, data: await base64Of(blob) });
}
