import type { Engine } from './endpoint/identify.ts';

/** Why programs may not run on that engine, with what to do; undefined where they may. */
export function refusalOf({
  name,
  rootless,
  unkept,
}: Pick<Engine, 'name' | 'rootless' | 'unkept'>): string | undefined {
  const needed = unkept.filter((limit) => limit !== 'swap');
  if (needed.length === 0) return undefined;
  const what = new Intl.ListFormat('en', { type: 'conjunction' }).format(needed);
  const how = rootless
    ? 'Let systemd delegate these controllers to your user (docs.docker.com/engine/security/rootless, "Limiting resources"), or use another engine.'
    : 'Switch these control groups on in its kernel, or use another engine.';
  return `${name} can't limit ${what} here, so a program could take the whole machine. ${how}`;
}

/** What a person should know of an engine that can be used all the same, to be put behind its name. */
export function caveatOf({ unkept }: Pick<Engine, 'unkept'>): string {
  return unkept.includes('swap') ? '; it does not count swap, so memory is limited without it' : '';
}
