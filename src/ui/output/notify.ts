import * as vscode from 'vscode';
import { noticeText } from './noticeText.ts';

// The one file that speaks to the editor's notifications, progress and input boxes (a lint rule says so):
// whatever is said there passes `noticeText` in whole, also what a translation put together.

type Show = (
  message: string,
  options: vscode.MessageOptions,
  ...buttons: readonly string[]
) => Thenable<string | undefined>;
type Level = 'information' | 'warning' | 'error';

const shows: Readonly<Record<Level, Show>> = {
  information: (...words) => vscode.window.showInformationMessage(...words),
  warning: (...words) => vscode.window.showWarningMessage(...words),
  error: (...words) => vscode.window.showErrorMessage(...words),
};

/** Shows a message; gives the label of the button that was pressed. */
export async function notify(
  level: Level,
  message: string,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  return shows[level](noticeText(message), {}, ...buttons);
}

/** A question that has to be answered first. Its details are shown as they are, and never with links. */
export async function askModal(
  level: Level,
  question: string,
  detail: string | undefined,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  return shows[level](noticeText(question), modalWith(detail), ...buttons);
}

/** The same with a warning of which one answer, the first, does nothing and stands in the place of Cancel. */
export async function warnModal(
  question: string,
  detail: string,
  back: string,
  action: string,
): Promise<string | undefined> {
  const items = [{ title: back, isCloseAffordance: true }, { title: action }];
  return (await vscode.window.showWarningMessage(noticeText(question), modalWith(detail), ...items))?.title;
}

function modalWith(detail: string | undefined): vscode.MessageOptions {
  return { modal: true, ...(detail === undefined ? {} : { detail }) };
}

/** Shows that something is under way, with a way to stop it where there is one. */
export async function notifyProgress<T>(
  title: string,
  stop: (() => void) | undefined,
  task: (report: (message: string) => void) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: noticeText(title),
      cancellable: stop !== undefined,
    },
    async (progress, token) => {
      const subscription = token.onCancellationRequested(() => stop?.());
      try {
        return await task((message) => progress.report({ message: noticeText(message) }));
      } finally {
        subscription.dispose();
      }
    },
  );
}

export interface TextQuestion extends Pick<
  vscode.InputBoxOptions,
  'title' | 'value' | 'placeHolder' | 'password' | 'ignoreFocusOut'
> {
  readonly prompt: string;
  /** What is wrong with a text, or only odd about it. */
  readonly problem?: (value: string) => { readonly message: string; readonly onlyOdd: boolean } | undefined;
}

/** Asks for a line of text. */
export async function askText({ prompt, problem, ...options }: TextQuestion): Promise<string | undefined> {
  return vscode.window.showInputBox({
    ...options,
    prompt: noticeText(prompt),
    validateInput: (value) => {
      const found = problem?.(value);
      if (found === undefined) return undefined;
      const { Error, Warning } = vscode.InputBoxValidationSeverity;
      return { message: noticeText(found.message), severity: found.onlyOdd ? Warning : Error };
    },
  });
}
