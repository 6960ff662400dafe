import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { codeTitle } from '../../agent/codeTitle.ts';
import { runCodeInput } from '../../agent/runCodeInput.ts';
import { languageFacts } from '../../agent/sandboxFacts.ts';
import type { App } from '../../app.ts';
import type { SandboxStatus } from '../../core/ports.ts';
import type { InputFile } from '../../core/proposal.ts';
import { exitStatus } from '../exitStatus.ts';
import { inputFiles } from '../inputFiles.ts';
import { readProduct } from '../../readProduct.ts';
import type { Terminal } from '../terminal.ts';
import { quietOutput } from '../terminalOutput.ts';
import { UsageError } from '../usageError.ts';
import { elicitingApprover } from './elicitingApprover.ts';
import { runCodeAnswer } from './runCodeAnswer.ts';
import { sandboxInTime } from './sandboxInTime.ts';
import { serverInstructions } from './serverInstructions.ts';

/**
 * `mcp [--input PATH]… [--approve clean]`: the pipeline as a server of the Model Context Protocol on
 * standard input and output, for other agents. Ends when its client goes.
 */
export async function mcpCommand(
  args: readonly string[],
  app: App,
  terminal: Terminal,
  root: string,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { input: { type: 'string', multiple: true, default: [] }, approve: { type: 'string' } },
  });
  if (positionals.length > 0) throw new UsageError('mcp takes no words, only --input and --approve.');
  if (values.approve !== undefined && values.approve !== 'clean')
    throw new UsageError(`--approve of mcp takes clean, not "${values.approve}".`);
  // A server may wait for hours, and its files be saved anew meanwhile.
  const files = await inputFiles(values.input, 'as-saved');
  const { version } = await readProduct(root);
  const status = await sandboxInTime(app.executor, terminal.signal);
  if (terminal.signal.aborted) return exitStatus.ok;
  const instructions = serverInstructions(status, app.limits());
  const server = new McpServer({ name: 'glovebox', version }, { instructions });
  offerRunCode(server, app, terminal, { files, status, cleanRuns: values.approve === 'clean' });
  const transport = new StdioServerTransport();
  const gone = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    process.stdin.once('end', resolve);
  });
  await server.connect(transport);
  await Promise.race([gone, once(terminal.signal, 'abort')]);
  await server.close();
  return exitStatus.ok;
}

interface Offer {
  readonly files: readonly InputFile[];
  /** Of the sandbox, where it is known. */
  readonly status: SandboxStatus | undefined;
  readonly cleanRuns: boolean;
}

function offerRunCode(
  server: McpServer,
  app: App,
  terminal: Terminal,
  { files, status, cleanRuns }: Offer,
): void {
  const reads = files.length === 0 ? '' : ` It can read ${files.map(({ name }) => name).join(', ')}.`;
  // Not every client hands on the instructions. The schema keeps all of them: the sandbox may become another.
  const runs = status === undefined ? '' : ` ${languageFacts(status)}`;
  server.registerTool(
    'run_code',
    {
      title: 'Run code in Glovebox',
      description:
        'Runs a program in a sandbox without network and returns its status, output and images. ' +
        'A validator checks it and the person decides whether it runs. Each call starts afresh; ' +
        `write results to ./outputs.${reads}${runs}`,
      inputSchema: runCodeInput.omit({ files: true }).shape,
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    async ({ language, code, purpose }, { signal }) => {
      const draft = {
        id: randomUUID(),
        origin: 'mcp',
        language,
        code,
        purpose,
        title: codeTitle(purpose, language),
        files,
      } as const;
      const outcome = await app.runCode(draft, {
        approver: elicitingApprover(server, cleanRuns),
        output: quietOutput(terminal),
        signal: AbortSignal.any([signal, terminal.signal]),
      });
      const key = terminal.env['ANTHROPIC_API_KEY']?.trim() ?? '';
      return runCodeAnswer(outcome, key === '' ? [] : [key]);
    },
  );
}
