import type { CardArtifact } from '../../protocol/card.ts';
import { button, element } from '../element.ts';
import { icon } from '../icons.ts';
import { bytes } from '../quantity.ts';
import { visibleName } from '../visibleName.ts';

/** Pictures as pictures, everything else as a button that opens it. */
export function artifactsView(
  artifacts: readonly CardArtifact[],
  open: (name: string) => void,
): readonly Node[] {
  const pictures = artifacts.filter(({ src }) => src !== undefined);
  const others = artifacts.filter(({ src }) => src === undefined);
  return [...pictures, ...others].slice(0, 100).map((artifact) => {
    const name = visibleName(artifact.name);
    const opener = button({
      label: `${name} (${bytes(artifact.bytes)})`,
      icon: icon('file'),
      class: 'quiet-button',
      testid: 'artifact',
      press: () => open(artifact.name),
    });
    if (artifact.src === undefined) return element('div', {}, opener);
    const picture = element('img', {
      class: 'artifact-image',
      testid: 'artifact-image',
      attributes: { alt: name, loading: 'lazy' },
      on: { error: () => enlarge.remove() },
    });
    picture.src = artifact.src;
    const enlarge = element(
      'button',
      {
        class: 'picture',
        testid: 'artifact-enlarge',
        title: `Open ${name}`,
        attributes: { type: 'button' },
        on: { click: () => open(artifact.name) },
      },
      picture,
    );
    return element('figure', {}, enlarge, element('figcaption', {}, opener));
  });
}
