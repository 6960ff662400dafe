/** Programs make up new names without end; what is remembered of them has one. */
const mostNames = 4096;
const longestName = 200;

/** The same function, remembering its answers: programs ask for the same few names again and again. */
export function remembered<T>(answer: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined || known.has(name)) return found as T;
    if (name.length > longestName) return answer(name);
    if (known.size >= mostNames) known.clear();
    // A name may be a view into the whole text of its program, which must not be kept for it.
    const own = ` ${name}`.slice(1);
    const made = answer(own);
    known.set(own, made);
    return made;
  };
}
