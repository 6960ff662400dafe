import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenEditor } from './openEditor.ts';

const folder = path.resolve(import.meta.dirname, '../../../out/screenshots');

const themes = [
  ['dark', 'Default Dark Modern', 'vs-dark'],
  ['light', 'Default Light Modern', 'vs'],
  ['high-contrast', 'Default High Contrast', 'hc-black'],
] as const;

/** Keeps a picture of the window as it is. */
export async function screenshot(open: OpenEditor, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await open.editor.page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** Keeps a picture of what went wrong; that there is none must not hide the failure itself. */
export async function failureScreenshot(open: OpenEditor | undefined, test: string): Promise<void> {
  if (open === undefined) return;
  await screenshot(open, `failed-${test.replaceAll(/\W+/g, '-')}`).catch((error: unknown) =>
    console.error(error),
  );
}

/** Keeps a picture of the window in each of the three themes. */
export async function screenshotInThemes(open: OpenEditor, name: string): Promise<void> {
  for (const [short, theme, className] of themes) {
    await open.configure({ 'workbench.colorTheme': theme });
    await open.editor.page.locator(`.monaco-workbench.${className}`).waitFor();
    // Colours fade over; the picture shows where they end.
    await sleep(700);
    await screenshot(open, `${name}-${short}`);
  }
  await open.configure({});
}
