/**
 * The lines of a stream, by line feeds alone: JSON may hold the other characters that readline takes
 * for the end of a line.
 */
export async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  let started: string[] = [];
  stream.setEncoding('utf8');
  for await (const chunk of stream) {
    const parts = String(chunk).split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      yield [...started, part].join('');
      started = [];
    }
    started.push(last);
  }
  if (started.length > 0) yield started.join('');
}
