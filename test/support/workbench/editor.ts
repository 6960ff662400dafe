import type { FrameLocator, Page } from 'playwright-core';

/** VS Code as a person uses it: views, the command palette, the chat page. */
export class Editor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The chat page inside its two frames. */
  get chat(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').first().frameLocator('iframe#active-frame');
  }

  byTestId(id: string) {
    return this.chat.getByTestId(id);
  }

  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
  }

  /** Opens the activity-bar view of the extension. */
  async openGlovebox(): Promise<void> {
    const icon = this.page.locator('.activitybar a.action-label[aria-label^="Glovebox"]');
    await icon.waitFor();
    if ((await icon.getAttribute('aria-expanded')) !== 'true') await icon.click();
    await this.byTestId('composer').waitFor();
  }

  /** Types into the command palette and takes what has exactly this title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
    await row.waitFor();
    await row.click();
  }

  /** Attaches a file of the workspace by naming it with an `@` in the composer. */
  async attach(name: string): Promise<void> {
    await this.byTestId('composer').pressSequentially(`@${name}`);
    await this.byTestId('mentions').getByText(name, { exact: true }).click();
    await this.byTestId('attachment').filter({ hasText: name }).waitFor();
  }

  async ask(text: string): Promise<void> {
    await this.byTestId('composer').fill(text);
    await this.byTestId('send').click();
  }

  /** The text of the output panel as far as it is on the screen. */
  async outputText(): Promise<string> {
    const lines = await this.page.locator('.part.panel .view-lines').first().innerText();
    return lines.replaceAll('\u00a0', ' ');
  }

  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await input.fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.tab[data-resource-name="${name}"]`).waitFor();
  }
}
