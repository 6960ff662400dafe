/**
 * fetch whose reply counts as broken when nothing comes for `idleMs`: the SDK waits forever. A reply
 * that streams has to begin in that time, too; one that comes as a whole may take longer.
 */
export function idleFetch(idleMs: number): typeof fetch {
  return async (input, init) => {
    const stalled = new AbortController();
    const signal = init?.signal ? AbortSignal.any([init.signal, stalled.signal]) : stalled.signal;
    let timer: NodeJS.Timeout | undefined;
    const wind = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => stalled.abort(new Error('terminated: nothing came for too long')), idleMs);
    };
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    if (isStreamed(init?.body)) wind();
    const response = await fetch(input, { ...init, signal }).catch((error: unknown) => {
      clearTimeout(timer);
      throw error;
    });
    if (response.body === null) {
      clearTimeout(timer);
      return response;
    }
    wind();
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          wind();
          controller.enqueue(chunk);
        },
        flush: () => clearTimeout(timer),
      }),
    );
    return new Response(watched, response);
  };
}

function isStreamed(body: unknown): boolean {
  return typeof body === 'string' && body.includes('"stream":true');
}
