import path from 'node:path';
import type { AppConfig } from './appConfig.ts';
import type { Executor } from './core/ports.ts';
import type { Backend } from './core/run.ts';
import { chooseSandbox } from './executors/choose.ts';
import { lazy } from './lazy.ts';

/** Every sandbox that this product has, behind the one that the setting chooses; each is loaded on first use. */
export function createSandboxes(config: AppConfig, runsFolder: string): Executor {
  const docker = lazy(async () => {
    const { createDockerExecutor } = await import('./executors/docker/createDockerExecutor.ts');
    return createDockerExecutor({
      root: config.root,
      runsFolder,
      settings: () => {
        const { docker: wanted, sandbox } = config.settings();
        // Nothing waits where nothing would use it.
        return sandbox === 'auto' || sandbox === 'docker' ? wanted : { ...wanted, poolSize: 0 };
      },
      limits: () => config.settings().limits,
    });
  });
  const wasm = lazy(async () => {
    const { createWasmExecutor } = await import('./executors/wasm/createWasmExecutor.ts');
    return createWasmExecutor({
      files: {
        pyodide: path.join(config.root, 'dist', 'pyodide'),
        sandbox: path.join(config.root, 'sandbox'),
      },
      cacheFolder: path.join(config.dataFolder, 'wasm'),
      runsFolder,
      // One waiting interpreter (≈ 200 MB) where sandboxes are to wait at all.
      spares: Math.min(1, config.settings().docker.poolSize),
      sessionIdleSeconds: config.settings().docker.sessionIdleSeconds,
    });
  });
  const local = lazy(async () => {
    const { createProcessExecutor } = await import('./executors/process/createProcessExecutor.ts');
    return createProcessExecutor({
      root: config.root,
      python: () => config.settings().process.python,
      runsFolder,
      sessionIdleSeconds: config.settings().docker.sessionIdleSeconds,
    });
  });
  const load = (backend: Backend): Promise<Executor> => {
    switch (backend) {
      case 'docker':
        return docker();
      case 'wasm':
        return wasm();
      case 'process':
        return local();
    }
  };
  return chooseSandbox({
    choice: () => config.settings().sandbox,
    load: async (backend) => load(backend),
    loaded: () => [docker.peek(), wasm.peek(), local.peek()].filter((one) => one !== undefined),
  });
}
