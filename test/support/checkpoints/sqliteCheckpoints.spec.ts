import { validate } from '@langchain/langgraph-checkpoint-validation';
import { openCheckpointDatabase } from '../../../src/agent/checkpoints/checkpointDatabase.ts';
import { SqliteCheckpoints } from '../../../src/agent/checkpoints/sqliteCheckpoints.ts';

// Run by vitest, for which the published suite is written; see test/unit/agent/checkpoints.test.ts.
validate<SqliteCheckpoints>({
  checkpointerName: 'SqliteCheckpoints',
  createCheckpointer: () => new SqliteCheckpoints(openCheckpointDatabase(':memory:')),
  destroyCheckpointer: (checkpoints) => checkpoints.close(),
});
