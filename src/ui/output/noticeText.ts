import { neutralLine } from './controlText.ts';

/** More of a message VS Code would cut by itself. */
const longest = 1000;

/**
 * One line for a notification. VS Code makes links of `[label](command:…)` there, and lets them run
 * commands: a name of a file or the words of a model could put a button of their own into our message.
 * So the two brackets are set apart, last of all, because what is dropped before could join them.
 */
export function noticeText(text: string): string {
  return neutralLine(text, longest).replaceAll('](', '] (');
}
