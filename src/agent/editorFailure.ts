import { tooLong, type ModelFailure } from './modelFailureKinds.ts';

/** Reads an error of VS Code's own language models, by its code or its words. */
export function failureOfEditorModel(error: Error, model: string): ModelFailure {
  const code = 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'NoPermissions':
      return {
        code: 'bad-key',
        message: `The editor does not let Glovebox use ${model}. Allow it when asked, or set an API key.`,
      };
    case 'NotFound':
      return {
        code: 'no-model',
        message: `The editor has no model "${model}" any more. Choose another one in the settings.`,
      };
    case 'Blocked':
      return {
        code: 'rate-limited',
        message: `The editor's model did not answer: the quota is used up or the request was blocked (${error.message}).`,
      };
    default:
      // The editor has no code for it; these are the words of the models behind it.
      return isTooLong(error.message)
        ? tooLong
        : { code: 'model-unreachable', message: `The editor's model failed: ${error.message}` };
  }
}

/** Limits on requests over a time have much the same words, and are no reason to begin anew. */
function isTooLong(message: string): boolean {
  return (
    !/\brate[ -]?limit|quota|\bper (second|minute|min|hour|day|month)|requests/i.test(message) &&
    /too long|context.{0,20}(length|window)|max\w*[ _]prompt[ _]tokens|exceeds?( the)? token limit/i.test(
      message,
    )
  );
}
