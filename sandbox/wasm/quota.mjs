// The size of the in-memory file system. Its files live on the JavaScript heap, beside the memory of
// the interpreter, so they need a limit of their own.
const ENOSPC = 51;
const EFBIG = 22;
const EAGAIN = 6;
/** What Linux keeps in a pipe that nobody reads. */
const pipeBytes = 65_536;

/** Puts limits on how far files and pipes grow; gives the handle on those of files. */
export function limitFiles({ FS, _module: module }) {
  limitPipes(FS, module);
  let counts = true;
  const quota = {
    workBytes: Infinity,
    fileBytes: Infinity,
    used: 0,
    /** What this step writes is ours and not the program's: it may be as large as it is. */
    aside(step) {
      counts = false;
      try {
        return step();
      } finally {
        counts = true;
      }
    },
  };
  /** What of a file was counted; only that is given back when it gets shorter. */
  const counted = new WeakMap();
  const grow = (node, size) => {
    const more = size - (node.usedBytes ?? 0);
    if (more <= 0 || !counts) return;
    if (size > quota.fileBytes) throw new FS.ErrnoError(EFBIG);
    if (quota.used + more > quota.workBytes) throw new FS.ErrnoError(ENOSPC);
    quota.used += more;
    counted.set(node, (counted.get(node) ?? 0) + more);
  };
  const shrink = (node, size) => {
    const had = counted.get(node) ?? 0;
    const less = Math.min(had, Math.max(0, (node.usedBytes ?? 0) - size));
    quota.used -= less;
    counted.set(node, had - less);
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
      shrink(node, attributes.size);
    }
    return setattr(node, attributes);
  };
  return quota;
}

/** There are no threads: whoever writes more than a pipe holds would wait for himself. */
function limitPipes(FS, module) {
  const stack = module.stackSave();
  const at = module.stackAlloc(8);
  module._pipe(at);
  const ends = [0, 4].map((offset) => FS.getStream(module.HEAP32[(at + offset) >> 2]));
  module.stackRestore(stack);
  const operations = ends[0].stream_ops;
  for (const end of ends) FS.close(end);
  const { write } = operations;
  operations.write = (stream, buffer, offset, length, position) => {
    const held = stream.node.pipe.buckets.reduce((sum, bucket) => sum + bucket.offset - bucket.roffset, 0);
    const room = Math.min(length, pipeBytes - held);
    if (room <= 0 && length > 0) throw new FS.ErrnoError(EAGAIN);
    return write(stream, buffer, offset, room, position);
  };
}

/** The table of operations that all files of the in-memory file system share. */
function tableOf(FS) {
  FS.writeFile('/tmp/.glovebox', '');
  const { node } = FS.lookupPath('/tmp/.glovebox');
  FS.unlink('/tmp/.glovebox');
  return { node: node.node_ops, stream: node.stream_ops };
}
