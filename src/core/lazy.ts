/**
 * Makes a thing on first use and shares it. A failed attempt is forgotten, so the next use tries
 * again; `peek` tells whether there is something to close.
 */
export interface Lazy<T> {
  (): Promise<T>;
  peek(): Promise<T> | undefined;
}

export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined;
  const get = (): Promise<T> => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return Object.assign(get, { peek: () => made });
}
