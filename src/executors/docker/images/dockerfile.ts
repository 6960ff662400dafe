/** One stage of a Dockerfile: from its FROM line to the next. */
interface Stage {
  readonly name: string;
  readonly from: string;
  readonly needs: readonly string[];
  readonly text: string;
}

/**
 * The part of a Dockerfile that builds `target`: only the stages that it needs, which the engine's
 * classic builder does not find out by itself. Stages in `ready` are not built but taken from the
 * image of that name.
 */
export function dockerfileFor(
  dockerfile: string,
  target: string,
  ready: Readonly<Record<string, string>> = {},
): string {
  const stages = parse(dockerfile);
  const needed = new Set<string>();
  const visit = (name: string): void => {
    const stage = stages.find((each) => each.name === name);
    if (stage === undefined || needed.has(name)) return;
    needed.add(name);
    for (const need of stage.needs) if (ready[need] === undefined) visit(need);
  };
  visit(target);
  if (needed.size === 0) throw new Error(`the Dockerfile has no stage "${target}"`);
  return stages
    .filter(({ name }) => needed.has(name))
    .map((stage) => withReady(stage, ready))
    .join('');
}

function withReady({ name, from, text }: Stage, ready: Readonly<Record<string, string>>): string {
  const image = ready[from];
  const standing = image === undefined ? text : text.replace(/^FROM .*$/m, `FROM ${image} AS ${name}`);
  return standing.replace(/--from=(\S+)/g, (whole, source: string) =>
    ready[source] === undefined ? whole : `--from=${ready[source]}`,
  );
}

function parse(dockerfile: string): readonly Stage[] {
  return dockerfile
    .split(/^(?=FROM )/m)
    .filter((text) => text.startsWith('FROM '))
    .map((text) => {
      const [, from = '', name = ''] = /^FROM (\S+) AS (\S+)/.exec(text) ?? [];
      const copied = [...text.matchAll(/--from=(\S+)/g)].map((match) => match[1] ?? '');
      return { name, from, needs: [from, ...copied], text };
    });
}
