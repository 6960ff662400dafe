/** On every container of ours: who started it. */
export const ownerLabel = 'glovebox.owner';
/** Until when (ISO time) its owner may still need it, unless it is renewed; a sweep removes what is past it. */
export const leaseLabel = 'glovebox.lease';

/** A container's name once its lease is renewed, for labels can't be changed. */
export function leaseName(until: number, id: string): string {
  return `glovebox-${until}-${id.slice(0, 12)}`;
}

/** Until when (ms) a container may be needed, by its label and its names as the engine lists them. */
export function leaseOf(label: string | undefined, names: readonly string[]): number | undefined {
  const renewed = names.map((name) => Number(/^\/?glovebox-(\d+)-/.exec(name)?.[1] ?? NaN));
  const known = [Date.parse(label ?? ''), ...renewed].filter((until) => !Number.isNaN(until));
  return known.length === 0 ? undefined : Math.max(...known);
}
