import path from 'node:path';

/** One place where an engine may listen. */
export interface Candidate {
  /** `unix:///…`, `npipe:////./pipe/…`, `tcp://…`, `https://…` or `ssh://…`. */
  readonly host: string;
  /** Where the address comes from, for people: "the setting glovebox.docker.host". */
  readonly from: string;
  readonly tls?: TlsMaterial;
  /** The person named it: if it does not answer, nothing else is tried in its place. */
  readonly explicit: boolean;
}

export interface TlsMaterial {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly skipVerify: boolean;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly uid: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where engines listen when nobody says anything, likeliest first; pure. */
export function defaultCandidates(machine: Machine): readonly Candidate[] {
  return (machine.platform === 'win32' ? windows() : unix(machine)).map(([host, from]) => ({
    host,
    from,
    explicit: false,
  }));
}

function windows(): [string, string][] {
  return [
    ['npipe:////./pipe/docker_engine', 'Docker on its usual pipe'],
    ['npipe:////./pipe/dockerDesktopLinuxEngine', 'Docker Desktop'],
    ['npipe:////./pipe/podman-machine-default', 'Podman machine'],
  ];
}

function unix({ platform, home, uid, env }: Machine): [string, string][] {
  const at = (from: string, ...parts: string[]): [string, string] => [
    `unix://${path.posix.join(...parts)}`,
    from,
  ];
  const runtime = env['XDG_RUNTIME_DIR'] ?? (uid === undefined ? undefined : `/run/user/${uid}`);
  const list: [string, string][] = [at('Docker on its usual socket', '/var/run/docker.sock')];
  if (runtime !== undefined) list.push(at('rootless Docker', runtime, 'docker.sock'));
  list.push(
    at('Docker Desktop', home, '.docker/run/docker.sock'),
    at('Docker Desktop', home, '.docker/desktop/docker.sock'),
  );
  if (platform === 'darwin') {
    list.push(
      at('Colima', home, '.colima/default/docker.sock'),
      at('OrbStack', home, '.orbstack/run/docker.sock'),
      at('Rancher Desktop', home, '.rd/docker.sock'),
      at('Podman machine', home, '.local/share/containers/podman/machine/podman.sock'),
    );
    return list;
  }
  list.push(at('Rancher Desktop', home, '.rd/docker.sock'));
  if (runtime !== undefined) list.push(at('rootless Podman', runtime, 'podman/podman.sock'));
  list.push(at('Podman', '/run/podman/podman.sock'));
  return list;
}
