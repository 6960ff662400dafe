// The size of the in-memory file system. Its files live on the JavaScript heap, beside the memory of
// the interpreter, so they need a limit of their own.
const ENOSPC = 51;
const EFBIG = 22;

/** Puts limits on how far files grow; gives the handle on them. */
export function limitFiles(FS) {
  const quota = { workBytes: Infinity, fileBytes: Infinity, used: 0 };
  const grow = (node, size) => {
    const more = size - (node.usedBytes ?? 0);
    if (more <= 0) return;
    if (size > quota.fileBytes) throw new FS.ErrnoError(EFBIG);
    if (quota.used + more > quota.workBytes) throw new FS.ErrnoError(ENOSPC);
    quota.used += more;
  };
  const { MEMFS } = FS.filesystems;
  const file = MEMFS.ops_table?.file ?? tableOf(FS);
  const { write, allocate } = file.stream;
  const { setattr } = file.node;
  file.stream.write = (stream, buffer, offset, length, position, canOwn) => {
    grow(stream.node, position + length);
    return write(stream, buffer, offset, length, position, canOwn);
  };
  if (allocate !== undefined) {
    file.stream.allocate = (stream, offset, length) => {
      grow(stream.node, offset + length);
      return allocate(stream, offset, length);
    };
  }
  file.node.setattr = (node, attributes) => {
    if (attributes.size !== undefined) {
      grow(node, attributes.size);
      quota.used -= Math.max(0, (node.usedBytes ?? 0) - attributes.size);
    }
    return setattr(node, attributes);
  };
  return quota;
}

/** The table of operations that all files of the in-memory file system share. */
function tableOf(FS) {
  FS.writeFile('/tmp/.glovebox', '');
  const { node } = FS.lookupPath('/tmp/.glovebox');
  FS.unlink('/tmp/.glovebox');
  return { node: node.node_ops, stream: node.stream_ops };
}
