import type { CallRule } from '../systemCallFilter.ts';

const kindOfMapping = 0x0f;
const shared = 0x01;
const anonymous = 0x20;

/**
 * Shared memory without a file belongs to no process and to no folder, so without a control group nothing
 * counts it: it stays when all have let go of its pages. Programs share memory by files of `/dev/shm`, which has a size.
 */
export const noSharedMemory: CallRule = {
  names: ['mmap'],
  action: 'SCMP_ACT_ERRNO',
  args: [
    { index: 3, value: kindOfMapping | anonymous, valueTwo: shared | anonymous, op: 'SCMP_CMP_MASKED_EQ' },
  ],
};
