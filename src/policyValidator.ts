import type { CheckedText, Validator } from './core/ports.ts';
import type { Language } from './core/language.ts';
import { createValidator, type LiveValidator } from './validator/createValidator.ts';
import { checkOptionsOf } from './validator/policy/checkOptions.ts';
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
 * `warn` hears why, once for each change. One that the settings have left is let go as soon as nothing goes
 * on in it.
 */
export function policyValidator(
  wasmFolder: string,
  settings: () => PolicySettings,
  warn: (message: string) => void,
  make: typeof createValidator = createValidator,
): PolicyValidator {
  let current: Made | undefined;
  const made = new Set<Made>();
  const letGo = async (one: Made): Promise<void> => {
    if (one === current || one.uses > 0 || !made.delete(one)) return;
    await one.validator.dispose();
  };
  const forSettings = (): Made => {
    const { machine, workspace } = settings();
    const key = JSON.stringify([machine, workspace]);
    if (current?.key === key) return current;
    const own = parsePolicy(machine);
    const asked = parseWorkspacePolicy(workspace);
    for (const { problem } of [own, asked]) {
      if (problem !== undefined) warn(`The validator's settings are not usable, so it is strict: ${problem}`);
    }
    const options = checkOptionsOf(tighten(own.policy, asked.policy));
    const before = current;
    current = { key, validator: make({ wasmFolder, ...options }), uses: 0 };
    made.add(current);
    if (before !== undefined) void letGo(before);
    return current;
  };
  /** It is kept until the returned function is called, whatever the settings say meanwhile. */
  const use = (): { readonly validator: LiveValidator; readonly done: () => Promise<void> } => {
    const one = forSettings();
    one.uses++;
    let used = true;
    const done = async (): Promise<void> => {
      if (used) one.uses--;
      used = false;
      await letGo(one);
    };
    return { validator: one.validator, done };
  };
  return {
    async check(language, code, earlier) {
      const { validator, done } = use();
      try {
        return await validator.check(language, code, earlier);
      } finally {
        await done();
      }
    },
    async openText(language) {
      const { validator, done } = use();
      const text = await validator.openText(language).catch(async (error: unknown) => {
        await done();
        throw error;
      });
      return {
        update: (code) => text.update(code),
        close() {
          text.close();
          void done();
        },
      };
    },
    async dispose() {
      const all = [...made];
      made.clear();
      current = undefined;
      await Promise.all(all.map(({ validator }) => validator.dispose()));
    },
  };
}

/** A validator of certain settings, and how many checks and open texts go on in it. */
interface Made {
  readonly key: string;
  readonly validator: LiveValidator;
  uses: number;
}
