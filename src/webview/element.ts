type Child = Node | string | undefined | false;

interface Options {
  readonly class?: string;
  /** The stable name by which tests find the element. */
  readonly testid?: string;
  readonly text?: string;
  readonly title?: string;
  readonly attributes?: Readonly<
    Partial<Record<`aria-${string}` | `data-${string}` | SafeAttribute, string>>
  >;
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
}
type SafeAttribute =
  | 'id'
  | 'role'
  | 'tabindex'
  | 'rows'
  | 'placeholder'
  | 'type'
  | 'start'
  | 'alt'
  | 'loading'
  | 'dir'
  | 'value';

/**
 * Builds an element. Text is text and attributes are from a short list, so nothing that a model or a
 * program wrote can become markup, script or style.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: Options = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (options.class !== undefined) made.className = options.class;
  if (options.testid !== undefined) made.dataset['testid'] = options.testid;
  if (options.text !== undefined) made.textContent = options.text;
  if (options.title !== undefined) made.title = options.title;
  for (const [name, value] of Object.entries(options.attributes ?? {}))
    if (value !== undefined) made.setAttribute(name, value);
  for (const [type, listener] of Object.entries(options.on ?? {}))
    made.addEventListener(type, listener as EventListener);
  for (const child of children) if (child !== undefined && child !== false) made.append(child);
  return made;
}

interface ButtonOptions {
  readonly label: string;
  readonly icon?: Node;
  /** Show the icon alone; the label is then told by name and tooltip. */
  readonly iconOnly?: boolean;
  readonly class?: string;
  readonly testid?: string;
  readonly press: () => void;
}

/** A button that says what it does, also to those who do not see its icon. */
export function button(options: ButtonOptions): HTMLButtonElement {
  const { label, icon, iconOnly = false } = options;
  const made = element(
    'button',
    {
      class: `button ${iconOnly ? 'icon-only' : ''} ${options.class ?? ''}`.trim(),
      attributes: iconOnly ? { type: 'button', 'aria-label': label } : { type: 'button' },
      ...(options.testid === undefined ? {} : { testid: options.testid }),
      ...(iconOnly ? { title: label } : {}),
      on: { click: options.press },
    },
    icon,
    iconOnly ? undefined : element('span', { text: label }),
  );
  return made;
}
