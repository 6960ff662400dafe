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
    // A click on the icon of a view that is open closes it.
    if (!(await this.byTestId('composer').isVisible())) await icon.click();
    await this.byTestId('composer').waitFor();
  }

  /** Takes what has this title in the command palette. */
  async command(title: string): Promise<void> {
    await this.#pick('F1', `>${title}`, title);
  }

  /**
   * Types into the quick input and takes the row. Begins anew while the row is not there: what the
   * palette offers follows the focused editor, and the list of files the disk, both after a moment.
   */
  async #pick(key: string, typed: string, row: string): Promise<void> {
    const found = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: row }).first();
    for (let tries = 1; ; tries += 1) {
      await this.page.keyboard.press(key);
      const box = this.page.locator('.quick-input-widget .quick-input-box input');
      // It closes by itself when something else takes the focus.
      const there = await box
        .fill(typed, { timeout: 3000 })
        .then(() => found.waitFor({ timeout: 3000 }))
        .then(
          () => true,
          () => false,
        );
      if (there) return found.click();
      if (tries === 8) throw new Error(`The quick input never offered "${row}".`);
      await this.page.keyboard.press('Escape');
    }
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
    await this.#pick('Control+P', name, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }

  /** Runs the file in the active editor in the sandbox, through the command palette. */
  async runFile(name: string): Promise<void> {
    await this.openFile(name);
    await this.command('Glovebox: Run File in Sandbox');
  }

  /** Waits until the output panel says this. */
  async waitForOutput(text: string | RegExp): Promise<void> {
    await this.page.locator('.part.panel .view-line').filter({ hasText: text }).first().waitFor();
  }

  /** The notification that says this. */
  notification(text: string | RegExp) {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }
}
