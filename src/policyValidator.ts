import type { CheckedText, Validator } from './core/ports.ts';
import type { Language } from './core/language.ts';
import { createValidator, type LiveValidator } from './validator/createValidator.ts';
import { checkOptionsOf } from './validator/policy/applyPolicy.ts';
import { parsePolicy, parseWorkspacePolicy } from './validator/policy/policySchema.ts';
import { tighten } from './validator/policy/tighten.ts';

/** What the settings say to the validator, as it was found there; it is parsed here. */
export interface PolicySettings {
  readonly machine: unknown;
  /** Comes with the files, so it can only tighten. */
  readonly workspace: unknown;
}

export interface PolicyValidator extends Validator {
  openText(language: Language): Promise<CheckedText>;
  dispose(): Promise<void>;
}

/**
 * A validator that follows the settings. What can't be understood there means the strict preset, and
 * `warn` hears why, once for each change.
 */
export function policyValidator(
  wasmFolder: string,
  settings: () => PolicySettings,
  warn: (message: string) => void,
): PolicyValidator {
  let current: { readonly key: string; readonly validator: LiveValidator } | undefined;
  /** A check may still be going on in one that the settings have left behind. */
  const made: LiveValidator[] = [];
  const forSettings = (): LiveValidator => {
    const { machine, workspace } = settings();
    const key = JSON.stringify([machine, workspace]);
    if (current?.key === key) return current.validator;
    const own = parsePolicy(machine);
    const asked = parseWorkspacePolicy(workspace);
    for (const { problem } of [own, asked]) {
      if (problem !== undefined) warn(`The validator's settings are not usable, so it is strict: ${problem}`);
    }
    const options = checkOptionsOf(tighten(own.policy, asked.policy));
    current = { key, validator: createValidator({ wasmFolder, ...options }) };
    made.push(current.validator);
    return current.validator;
  };
  return {
    check: (language, code, earlier) => forSettings().check(language, code, earlier),
    openText: (language) => forSettings().openText(language),
    async dispose() {
      await Promise.all(made.splice(0).map((validator) => validator.dispose()));
    },
  };
}
