import type { CheckOptions } from '../options.ts';

/** What a policy says of one name of JavaScript. */
export function policyOn(path: string, options: CheckOptions): 'denied' | 'allowed' | undefined {
  const plain = spelled(path);
  const within = (name: string): boolean => below(plain, spelled(name));
  const { deniedCalls, deniedModules, allowedCalls, allowedModules } = options;
  if (deniedCalls?.some(within) || deniedModules?.some(within)) return 'denied';
  // Who may call one function of a module may also load the module.
  const holds = (name: string): boolean => below(spelled(name), plain);
  if (allowedCalls?.some(holds) || allowedModules?.some(within)) return 'allowed';
  return undefined;
}

/** `node:fs/promises.rm`, `fs/promises.rm` and `fs.promises.rm` are one name. */
function spelled(name: string): string {
  return name.replace(/^node:/, '').replace(/^(fs|dns|stream|timers|readline)\/promises\b/, '$1.promises');
}

function below(name: string, module: string): boolean {
  return name === module || name.startsWith(`${module}.`) || name.startsWith(`${module}/`);
}
