import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { RunnableConfig } from '@langchain/core/runnables';
import {
  BaseCheckpointSaver,
  compareWritesSortKeys,
  copyCheckpoint,
  getCheckpointId,
  maxChannelVersion,
  TASKS,
  WRITES_IDX_MAP,
  writesSortKey,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointPendingWrite,
  type CheckpointTuple,
  type ChannelVersions,
  type PendingWrite,
} from '@langchain/langgraph-checkpoint';
import {
  channelValueRow,
  checkpointRow,
  writeRow,
  type CheckpointRow,
  type WriteRow,
} from './checkpointRows.ts';

/**
 * LangGraph's checkpoints in SQLite through Node's own driver: the published saver needs a native
 * module. A conversation, and an approval that waits in it, survive the end of the process.
 */
export class SqliteCheckpoints extends BaseCheckpointSaver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super();
    this.#database = database;
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const { threadId, namespace } = keysOf(config);
    if (threadId === undefined) return undefined;
    const wanted = getCheckpointId(config);
    const row =
      wanted === ''
        ? this.#checkpoint('ORDER BY checkpoint_id DESC LIMIT 1', threadId, namespace)
        : this.#checkpoint('AND checkpoint_id = ?', threadId, namespace, wanted);
    return row === undefined ? undefined : this.#tuple(row);
  }

  override async *list(
    config: RunnableConfig,
    options: CheckpointListOptions = {},
  ): AsyncGenerator<CheckpointTuple> {
    const { threadId, checkpointId } = keysOf(config);
    const namespace: unknown = config.configurable?.['checkpoint_ns'];
    const before: unknown = options.before?.configurable?.['checkpoint_id'];
    const conditions: [string, unknown][] = [
      ['thread_id = ?', threadId],
      ['namespace = ?', namespace],
      ['checkpoint_id = ?', checkpointId],
      ['checkpoint_id < ?', before],
    ];
    const given = conditions.filter(
      (condition): condition is [string, string] => typeof condition[1] === 'string',
    );
    const where = given.length === 0 ? '' : `WHERE ${given.map(([sql]) => sql).join(' AND ')}`;
    const rows = this.#database
      .prepare(`SELECT * FROM checkpoints ${where} ORDER BY checkpoint_id DESC`)
      .all(...given.map(([, value]) => value));
    let left = options.limit ?? Infinity;
    for (const row of rows) {
      if (left <= 0) return;
      const tuple = await this.#tuple(checkpointRow(row));
      if (!matches(tuple.metadata, options.filter)) continue;
      left -= 1;
      yield tuple;
    }
  }

  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    const { threadId, namespace, checkpointId: parent } = keysOf(config);
    if (threadId === undefined) throw new Error('A checkpoint needs a thread_id in its configuration.');
    const { channel_values: values, ...rest } = copyCheckpoint(checkpoint);
    const [type, body] = await this.serde.dumpsTyped({ ...rest, channel_values: {} });
    const [metadataType, about] = await this.serde.dumpsTyped(metadata);
    // Only what changed is written: the versions say which value of a channel belongs to a checkpoint.
    for (const [channel, version] of Object.entries(newVersions)) {
      if (values[channel] === undefined) continue;
      const [valueType, value] = await this.serde.dumpsTyped(values[channel]);
      this.#database
        .prepare('INSERT OR REPLACE INTO channel_values VALUES (?, ?, ?, ?, ?, ?)')
        .run(threadId, namespace, channel, String(version), valueType, value);
    }
    this.#database
      .prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(threadId, namespace, checkpoint.id, parent ?? null, type, body, metadataType, about);
    return {
      configurable: { thread_id: threadId, checkpoint_ns: namespace, checkpoint_id: checkpoint.id },
    };
  }

  override async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    taskPath = '',
  ): Promise<void> {
    const { threadId, namespace, checkpointId } = keysOf(config);
    if (threadId === undefined || checkpointId === undefined)
      throw new Error('Writes need a thread_id and a checkpoint_id in their configuration.');
    const rows = await Promise.all(
      writes.map(async ([channel, value], index) => ({
        index: WRITES_IDX_MAP[channel] ?? index,
        channel,
        dumped: await this.serde.dumpsTyped(value),
      })),
    );
    for (const { index, channel, dumped } of rows) {
      // What a task wrote stands; errors, interrupts and answers may be written again.
      const verb = index >= 0 ? 'IGNORE' : 'REPLACE';
      this.#database
        .prepare(`INSERT OR ${verb} INTO writes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
        .run(threadId, namespace, checkpointId, taskId, index, taskPath, channel, ...dumped);
    }
  }

  override async deleteThread(threadId: string): Promise<void> {
    for (const table of ['checkpoints', 'channel_values', 'writes'])
      this.#database.prepare(`DELETE FROM ${table} WHERE thread_id = ?`).run(threadId);
  }

  /** Drops all but the newest checkpoint of a conversation: every version of it holds all messages. */
  async prune(threadId: string): Promise<void> {
    const newest = await this.getTuple({ configurable: { thread_id: threadId } });
    if (newest === undefined) return;
    for (const table of ['checkpoints', 'writes'])
      this.#database
        .prepare(`DELETE FROM ${table} WHERE thread_id = ? AND namespace = '' AND checkpoint_id <> ?`)
        .run(threadId, newest.checkpoint.id);
    for (const [channel, version] of Object.entries(newest.checkpoint.channel_versions))
      this.#database
        .prepare(
          "DELETE FROM channel_values WHERE thread_id = ? AND namespace = '' AND channel = ? AND version <> ?",
        )
        .run(threadId, channel, String(version));
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #checkpoint(ending: string, ...values: SQLInputValue[]): CheckpointRow | undefined {
    const row = this.#database
      .prepare(`SELECT * FROM checkpoints WHERE thread_id = ? AND namespace = ? ${ending}`)
      .get(...values);
    return row === undefined ? undefined : checkpointRow(row);
  }

  async #tuple(row: CheckpointRow): Promise<CheckpointTuple> {
    const at = (id: string): RunnableConfig => ({
      configurable: { thread_id: row.thread_id, checkpoint_ns: row.namespace, checkpoint_id: id },
    });
    const checkpoint = (await this.serde.loadsTyped(row.type, row.checkpoint)) as Checkpoint;
    const writes = this.#writes(row, row.checkpoint_id);
    for (const [channel, version] of Object.entries(checkpoint.channel_versions)) {
      const stored = this.#database
        .prepare(
          'SELECT type, value FROM channel_values WHERE thread_id = ? AND namespace = ? AND channel = ? AND version = ?',
        )
        .get(row.thread_id, row.namespace, channel, String(version));
      if (stored === undefined) continue;
      const { type, value } = channelValueRow(stored);
      checkpoint.channel_values[channel] = await this.serde.loadsTyped(type, value);
    }
    if (checkpoint.v < 4 && row.parent_id !== null) await this.#moveSends(checkpoint, row, row.parent_id);
    return {
      config: at(row.checkpoint_id),
      checkpoint,
      metadata: (await this.serde.loadsTyped(row.metadata_type, row.metadata)) as CheckpointMetadata,
      pendingWrites: await Promise.all(
        writes.map(async (write): Promise<CheckpointPendingWrite> => [
          write.task_id,
          write.channel,
          await this.serde.loadsTyped(write.type, write.value),
        ]),
      ),
      ...(row.parent_id === null ? {} : { parentConfig: at(row.parent_id) }),
    };
  }

  /** In the order in which a live run would have applied them. */
  #writes(row: CheckpointRow, checkpointId: string): WriteRow[] {
    return this.#database
      .prepare('SELECT * FROM writes WHERE thread_id = ? AND namespace = ? AND checkpoint_id = ?')
      .all(row.thread_id, row.namespace, checkpointId)
      .map(writeRow)
      .sort((a, b) =>
        compareWritesSortKeys(
          writesSortKey(a.task_path, a.task_id, a.idx),
          writesSortKey(b.task_path, b.task_id, b.idx),
        ),
      );
  }

  /** Checkpoints before version 4 kept what was sent to tasks with their parent. */
  async #moveSends(checkpoint: Checkpoint, row: CheckpointRow, parent: string): Promise<void> {
    const sends = this.#writes(row, parent).filter((write) => write.channel === TASKS);
    checkpoint.channel_values[TASKS] = await Promise.all(
      sends.map((write) => this.serde.loadsTyped(write.type, write.value)),
    );
    const versions = Object.values(checkpoint.channel_versions);
    checkpoint.channel_versions[TASKS] =
      versions.length > 0 ? maxChannelVersion(...versions) : this.getNextVersion(undefined);
  }
}

function keysOf(config: RunnableConfig) {
  const text = (name: string): string | undefined => {
    const value: unknown = config.configurable?.[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    threadId: text('thread_id'),
    namespace: text('checkpoint_ns') ?? '',
    checkpointId: text('checkpoint_id'),
  };
}

function matches(metadata: CheckpointMetadata | undefined, filter: CheckpointListOptions['filter']): boolean {
  const values = Object.entries(metadata ?? {});
  return Object.entries(filter ?? {}).every(([key, wanted]) =>
    values.some(([name, value]) => name === key && value === wanted),
  );
}
