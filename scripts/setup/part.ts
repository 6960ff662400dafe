/**
 * Something that the suites or the demonstration need from the machine. What can't be had says what is
 * missing and what to do, so that the rest can go on without it.
 */
export type Part<T> =
  | { readonly kind: 'ready'; readonly value: T; readonly stop: () => Promise<void> }
  | { readonly kind: 'missing'; readonly what: string; readonly how: string };

export type Log = (message: string) => void;

export function ready<T>(value: T, stop: () => Promise<void> = () => Promise.resolve()): Part<T> {
  return { kind: 'ready', value, stop };
}

export function missing(what: string, how: string): Part<never> {
  return { kind: 'missing', what, how };
}
