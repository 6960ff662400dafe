import assert from 'node:assert/strict';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { profileFile } from '../../../src/agent/profile/profileFile.ts';
import type { InputFile } from '../../../src/core/proposal.ts';

function inPieces(name: string, bytes: Uint8Array, size: number): InputFile {
  return {
    name,
    bytes: bytes.length,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
  };
}

describe('the profile of a Parquet file', () => {
  const rows = 5000;
  const numbers = Array.from({ length: rows }, (_, at) => at);
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'region', data: numbers.map((at) => `region ${at}`), type: 'STRING' },
        { name: 'units', data: numbers, type: 'INT32' },
        { name: 'price', data: numbers.map((at) => at / 2), type: 'DOUBLE' },
      ],
    }),
  );

  it('names rows, columns and types, however the file is read', async () => {
    for (const size of [1000, 64 * 1024, bytes.length]) {
      const about = await profileFile(inPieces('sales.parquet', bytes, size));
      assert.match(
        about ?? '',
        /^Parquet, 5000 rows; columns: region \((string|utf8)\), units \(int32\), price \(double\)$/,
      );
    }
  });

  it('says nothing of what is none', async () => {
    assert.equal(
      await profileFile(inPieces('x.parquet', Buffer.from('PAR1 and then nothing'), 7)),
      undefined,
    );
    assert.equal(await profileFile(inPieces('x.parquet', new Uint8Array(0), 1)), undefined);
    const broken = bytes.slice();
    broken.fill(255, broken.length - 200, broken.length - 8);
    await profileFile(inPieces('x.parquet', broken, 1000));
  });
});
