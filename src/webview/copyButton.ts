import { button } from './element.ts';
import { icon } from './icons.ts';

/** Copies what `text` gives at the moment of the click, and says so for a while. */
export function copyButton(text: () => string, label = 'Copy'): HTMLButtonElement {
  const made = button({
    label,
    icon: icon('copy'),
    iconOnly: true,
    testid: 'copy',
    press: () => {
      navigator.clipboard.writeText(text()).then(
        () => tell('check', 'Copied'),
        () => tell('error', 'Could not copy'),
      );
    },
  });
  const tell = (name: 'check' | 'error', words: string): void => {
    made.replaceChildren(icon(name));
    made.setAttribute('aria-label', words);
    setTimeout(() => {
      made.replaceChildren(icon('copy'));
      made.setAttribute('aria-label', label);
    }, 1500);
  };
  return made;
}
