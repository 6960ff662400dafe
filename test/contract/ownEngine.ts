import { requireEngine } from '../support/engine.ts';
import { PrivateEngine } from '../support/privateEngine.ts';
import { dockerSubject, type DockerSubject } from './dockerSubject.ts';
import { runCode } from './subject.ts';

/** A sandbox on an engine of the test's own, with the image of the machine's engine and two containers waiting. */
export interface OwnEngine {
  readonly engine: PrivateEngine;
  readonly subject: DockerSubject;
  stop(): Promise<void>;
}

/** For tests that kill the engine or empty it. */
export async function startOwnEngine(): Promise<OwnEngine> {
  const ours = await requireEngine();
  const builder = await dockerSubject({ poolSize: 0 })();
  const { sandbox } = await runCode(builder.executor, 'print(1)');
  await builder.executor.close();
  await builder.dispose();
  const engine = await PrivateEngine.start();
  await engine.load(ours.docker, sandbox.image);
  ours.dispose();
  const subject = await dockerSubject({ host: engine.host, poolSize: 2 })();
  return {
    engine,
    subject,
    async stop() {
      await subject.executor.close();
      await subject.dispose();
      await engine.stop();
    },
  };
}
