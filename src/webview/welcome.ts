import { button, element } from './element.ts';

const examples = [
  'Total this CSV by month and draw the trend',
  'Implement quicksort, check it on [5, 3, 8, 4, 2, 7, 1, 10] and time it',
  'What do monthly deposits of 3000 at 5 % a year grow to in five years?',
];

/** What an empty conversation shows: what this is, and something to begin with. */
export function welcome(compose: (text: string) => void): HTMLElement {
  return element(
    'div',
    { class: 'welcome', testid: 'welcome' },
    element('h2', { text: 'Let Claude write the code, and run it where it can hurt nothing' }),
    element('p', {
      class: 'quiet',
      text: 'Describe a task. You see the code and what the checks say before anything runs, and it runs in a sandbox without network.',
    }),
    element(
      'ul',
      { class: 'examples', attributes: { 'aria-label': 'Examples' } },
      ...examples.map((text) =>
        element(
          'li',
          {},
          button({ label: text, class: 'example', testid: 'example', press: () => compose(text) }),
        ),
      ),
    ),
  );
}
