/** Strokes on a grid of 16; drawn in the colour of the text around them. */
const shapes = {
  send: 'M2.5 8 13.5 2.5 10 13.5 7.7 8.9ZM7.7 8.9 13.5 2.5',
  stop: 'M3.5 3.5h9v9h-9Z',
  add: 'M8 3v10M3 8h10',
  attach: 'M11 5.2 6.2 10a1.4 1.4 0 0 0 2 2l5-5a2.8 2.8 0 0 0-4-4L4 8.2a4.2 4.2 0 0 0 6 6',
  history: 'M3 8a5 5 0 1 0 1.6-3.7L3 5.8M3 3v2.8h2.8M8 5.3V8l2 1.5',
  chats: 'M2.5 3.5h11v7h-6l-2.5 2.5v-2.5h-2.5Z',
  copy: 'M5.5 5.5h7.5v7.5H5.5ZM10.5 5.5V3H3v7.5h2.5',
  check: 'M3 8.5 6.5 12 13 4.5',
  play: 'M5 3.5v9l7.5-4.5Z',
  edit: 'M3 13l.800-3 6.7-6.7 2.2 2.2L6 12.2ZM9.3 4.5l2.2 2.2',
  close: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2.5 14 13H2ZM8 6.5v3M8 11.2v.300',
  error: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 5v4M8 10.8v.300',
  info: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 7.2V11M8 4.9v.300',
  file: 'M4 2.5h5l3 3v8H4ZM9 2.5v3h3',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7L13 5.8M13 3v2.8h-2.8',
  down: 'M8 3v10M4 9l4 4 4-4',
  trash: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.600 9h5.8l.600-9',
  shield: 'M8 2 13 4v4c0 3-2 5-5 6-3-1-5-3-5-6V4ZM5.8 8l1.6 1.6 3-3.2',
  diff: 'M8 3v6M5 6h6M5 12.5h6',
  branch: 'M4.5 3v10M4.5 10.5c0-3 6-1.5 6-5M9 4.5a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0',
  session:
    'M3 4.5c0-2.700 10-2.700 10 0s-10 2.700-10 0ZM3 4.5v7c0 2.700 10 2.700 10 0v-7M3 8c0 2.700 10 2.700 10 0',
  key: 'M8.2 7.8 2.5 13.5h3v-2h2v-2h1.2M13.5 5.2a2.8 2.8 0 1 0-5.6 0 2.8 2.8 0 0 0 5.6 0Z',
} as const;

export type IconName = keyof typeof shapes;

const svg = 'http://www.w3.org/2000/svg';

/** An icon for the eye only; whoever uses it gives the words. */
export function icon(name: IconName): SVGSVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('class', 'icon');
  drawing.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(svg, 'path');
  line.setAttribute('d', shapes[name]);
  drawing.append(line);
  return drawing;
}
