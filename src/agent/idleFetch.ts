/** fetch whose reply counts as broken when nothing comes for `idleMs`: the SDK waits forever. */
export function idleFetch(idleMs: number): typeof fetch {
  return async (input, init) => {
    const stalled = new AbortController();
    const signal = init?.signal ? AbortSignal.any([init.signal, stalled.signal]) : stalled.signal;
    const response = await fetch(input, { ...init, signal });
    if (response.body === null) return response;
    let timer: NodeJS.Timeout | undefined;
    const wind = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => stalled.abort(new Error('terminated: nothing came for too long')), idleMs);
    };
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
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    return new Response(watched, response);
  };
}
