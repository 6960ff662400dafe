import assert from 'node:assert/strict';
import { dockerSubject, type DockerSubject } from './dockerSubject.ts';
import { runCode, told } from './subject.ts';

const draws = `import matplotlib.pyplot as plt
plt.plot([1, 2]); plt.show()
plt.figure(); plt.plot([3]); plt.savefig("outputs/own.png")`;

for (const [how, poolSize] of [
  ['waits with it imported', 1],
  ['starts cold', 0],
] as const) {
  describe(`figures where a container ${how}`, function () {
    this.timeout(120_000);
    let subject: DockerSubject;
    before(async () => (subject = await dockerSubject({ poolSize })()));
    after(async () => {
      await subject.executor.close();
      assert.deepEqual(await subject.leftovers(), []);
      await subject.dispose();
    });

    for (const [whose, begin] of [
      ['no backend', ''],
      ['Agg', 'import matplotlib; matplotlib.use("Agg")\n'],
      ['Agg late', 'import matplotlib.pyplot as plt; plt.switch_backend("agg")\n'],
    ] as const) {
      it(`are saved once by a program that asks for ${whose}`, async () => {
        const result = await runCode(subject.executor, begin + draws);
        const names = result.artifacts.map(({ name }) => name).sort();
        assert.deepEqual(names, ['figure-1.png', 'own.png'], told(result));
      });
    }
  });
}
