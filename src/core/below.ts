/**
 * Whether a path relative to a folder, as `path.relative` gives it, names something below that folder:
 * not the folder itself, and nothing outside. Names may begin with dots: `..data/x` is below.
 */
export function isBelow(relative: string): boolean {
  return relative !== '' && !/^\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:/.test(relative);
}
