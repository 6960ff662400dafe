import path from 'node:path';

/** The name, or with a number before its ending where it is taken: two files of one name would be one inside. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const { dir, name: stem, ext } = path.posix.parse(name);
  let free = name;
  for (let count = 2; isTaken(free); count += 1) free = path.posix.join(dir, `${stem}-${count}${ext}`);
  return free;
}
