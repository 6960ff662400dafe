/** The files of a drop from the explorer or from an editor tab, as addresses for the host to resolve. */
export function droppedPaths(data: DataTransfer): readonly string[] {
  const lists = [data.getData('application/vnd.code.uri-list'), data.getData('text/uri-list')];
  const lines = lists.flatMap((list) => list.split(/\r?\n/));
  return [...new Set(lines.filter((line) => line !== '' && !line.startsWith('#')))];
}
