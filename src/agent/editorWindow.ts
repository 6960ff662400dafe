import type { EditorModel } from './editorChatModel.ts';
import { modelFailure } from './modelFailure.ts';
import { ModelError } from './tryModel.ts';

/** What a model of the editor can read. One that is not there any more is told of as one that fails. */
export async function editorWindow(model: EditorModel | undefined): Promise<number | undefined> {
  try {
    return await model?.windowTokens?.();
  } catch (error) {
    throw new ModelError(modelFailure(error, 'the editor', model?.id ?? ''), error);
  }
}
