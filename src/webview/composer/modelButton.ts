import { button } from '../element.ts';

/** The name of the model; pressing it offers others. */
export class ModelButton {
  readonly element: HTMLButtonElement;

  constructor(press: () => void) {
    this.element = button({ label: '', class: 'quiet-button model', testid: 'choose-model', press });
  }

  show(model: string): void {
    const label = this.element.querySelector('span');
    if (label !== null) label.textContent = model;
    this.element.hidden = model === '';
    this.element.title = 'Choose the model';
    this.element.setAttribute('aria-label', `Model ${model}. Choose another.`);
  }
}
