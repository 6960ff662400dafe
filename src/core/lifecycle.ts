export interface Disposable {
  dispose(): void;
}

/** Disposes everything pushed into it, last first; what is pushed after its end is disposed at once. */
export class DisposableList implements Disposable {
  #items: Disposable[] = [];
  #disposed = false;

  push<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    for (const item of this.#items.splice(0).reverse()) item.dispose();
  }
}

/** A list of listeners with an owner. A listener that throws does not keep the others from hearing. */
export class Emitter<T> implements Disposable {
  #listeners = new Set<(value: T) => void>();

  readonly on = (listener: (value: T) => void): Disposable => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
