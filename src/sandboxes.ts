import path from 'node:path';
import type { AppConfig } from './appConfig.ts';
import type { Executor, Packages } from './core/ports.ts';
import type { Backend } from './core/run.ts';
import type { SelfTestReport } from './core/selfTest.ts';
import { chooseSandbox } from './executors/choose.ts';
import { lazy } from './core/lazy.ts';
import { readProduct } from './readProduct.ts';
import { Leftovers } from './selfTest/leftovers.ts';
import { provenExecutor, type ProvenExecutor } from './selfTest/provenExecutor.ts';
import { SelfTestStore } from './selfTest/selfTestStore.ts';
import { testFirst } from './selfTest/testFirst.ts';

/** Where code runs, and what else a person can have of it. */
export interface Sandboxes {
  readonly executor: Executor;
  /** Of the embedded sandbox. */
  readonly packages: Packages;
  /** Attacks the sandbox that the setting chooses, closed or not. */
  selfTest(progress: (message: string) => void, signal: AbortSignal): Promise<SelfTestReport>;
}

/** Every sandbox that this product has, behind the one that the setting chooses; each is loaded on first use. */
export function createSandboxes(config: AppConfig, runsFolder: string): Sandboxes {
  const version = lazy(async () => (await readProduct(config.root)).version);
  const store = new SelfTestStore(path.join(config.dataFolder, 'self-tests'), version);
  const leftovers = new Leftovers(runsFolder);
  void leftovers.sweep();
  const proven = (executor: Executor): ProvenExecutor =>
    provenExecutor(executor, {
      store,
      stays: config.stays,
      warn: config.warn ?? (() => undefined),
      forget: async (runId) => leftovers.of(runId),
    });
  const docker = lazy(async () => {
    const { createDockerExecutor } = await import('./executors/docker/createDockerExecutor.ts');
    const executor = createDockerExecutor({
      root: config.root,
      runsFolder,
      settings: () => {
        const { docker: wanted, sandbox } = config.settings();
        // Nothing waits where nothing would use it.
        return sandbox === 'auto' || sandbox === 'docker' ? wanted : { ...wanted, poolSize: 0 };
      },
      limits: () => config.settings().limits,
    });
    return proven(executor);
  });
  const wasm = lazy(async () => {
    const { createWasmExecutor } = await import('./executors/wasm/createWasmExecutor.ts');
    const executor = createWasmExecutor({
      files: {
        pyodide: path.join(config.root, 'dist', 'pyodide'),
        sandbox: path.join(config.root, 'sandbox'),
        quickjs: path.join(config.root, 'dist', 'quickjs'),
      },
      cacheFolder: path.join(config.dataFolder, 'wasm'),
      runsFolder,
      // One waiting interpreter (≈ 200 MB) where sandboxes are to wait at all.
      spares: () => Math.min(1, config.settings().docker.poolSize),
      ...(config.warn === undefined ? {} : { warn: config.warn }),
      sessionIdleSeconds: config.settings().docker.sessionIdleSeconds,
    });
    return { ...proven(executor), packages: executor.packages };
  });
  const local = lazy(async () => {
    const { createProcessExecutor } = await import('./executors/process/createProcessExecutor.ts');
    const executor = createProcessExecutor({
      root: config.root,
      python: () => config.settings().process.python,
      runsFolder,
      sessionIdleSeconds: config.settings().docker.sessionIdleSeconds,
    });
    return proven(executor);
  });
  const load = (backend: Backend): Promise<ProvenExecutor> => {
    switch (backend) {
      case 'docker':
        return docker();
      case 'wasm':
        return wasm();
      case 'process':
        return local();
    }
  };
  const executor = chooseSandbox({
    choice: () => config.settings().sandbox,
    load: async (backend) => load(backend),
    loaded: () => [docker.peek(), wasm.peek(), local.peek()].filter((one) => one !== undefined),
  });
  return {
    executor,
    packages: {
      list: async () => (await wasm()).packages.list(),
      fetch: async (names, progress, signal) => (await wasm()).packages.fetch(names, progress, signal),
    },
    async selfTest(progress, signal) {
      const choice = config.settings().sandbox;
      const candidates = choice === 'auto' ? [docker, wasm] : [async () => load(choice)];
      return testFirst(candidates, progress, signal);
    },
  };
}
