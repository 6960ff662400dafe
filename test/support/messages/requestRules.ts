import { imageProblem } from './imageRules.ts';
import { requestShape, type RequestBlock, type RequestBody } from './requestShape.ts';
import { signThinking } from './signThinking.ts';

/** Parses a request body, or says in the service's words what is wrong with it. */
export function checkRequest(
  json: unknown,
): { readonly ok: true; readonly body: RequestBody } | { readonly ok: false; readonly problem: string } {
  const parsed = requestShape.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}` };
  }
  const problem = firstProblem(parsed.data);
  return problem === undefined ? { ok: true, body: parsed.data } : { ok: false, problem };
}

function firstProblem(body: RequestBody): string | undefined {
  return (
    roles(body) ??
    contents(body) ??
    toolPairs(body) ??
    tools(body) ??
    thinking(body) ??
    imageProblem(body) ??
    cacheMarks(body)
  );
}

const blocksOf = (content: string | readonly RequestBlock[]): readonly RequestBlock[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;

function roles(body: RequestBody): string | undefined {
  if (body.messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';
  for (const [index, message] of body.messages.entries()) {
    if (index > 0 && body.messages[index - 1]?.role === message.role)
      return `messages: roles must alternate between "user" and "assistant", but found multiple "${message.role}" roles in a row`;
  }
  return undefined;
}

function contents(body: RequestBody): string | undefined {
  for (const [index, message] of body.messages.entries()) {
    const last = index === body.messages.length - 1;
    const blocks = blocksOf(message.content);
    if (message.content.length === 0 && !(last && message.role === 'assistant'))
      return `messages.${index}: all messages must have non-empty content except for the optional final assistant message`;
    for (const block of blocks) {
      if (block.type === 'text' && block.text === '')
        return 'messages: text content blocks must be non-empty';
      if (block.type === 'text' && block.text.trim() === '')
        return 'messages: text content blocks must contain non-whitespace text';
      if (message.role === 'user' && ['tool_use', 'thinking', 'redacted_thinking'].includes(block.type))
        return `messages.${index}: \`${block.type}\` blocks can only be in \`assistant\` messages`;
      if (message.role === 'assistant' && ['tool_result', 'image'].includes(block.type))
        return `messages.${index}: \`${block.type}\` blocks can only be in \`user\` messages`;
    }
    const end = blocks.at(-1);
    if (last && message.role === 'assistant' && end?.type === 'text' && end.text !== end.text.trimEnd())
      return 'messages: final assistant content cannot end with trailing whitespace';
  }
  return undefined;
}

function toolPairs(body: RequestBody): string | undefined {
  const seen = new Set<string>();
  let open: string[] = [];
  for (const [index, message] of body.messages.entries()) {
    const blocks = blocksOf(message.content);
    const answered = blocks.flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : []));
    const stray = answered.find((id, at) => !open.includes(id) || answered.indexOf(id) !== at);
    if (stray !== undefined)
      return `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
    const missing = open.filter((id) => !answered.includes(id));
    if (missing.length > 0)
      return `messages.${index - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
    const firstOther = blocks.findIndex((block) => block.type !== 'tool_result');
    if (answered.length > 0 && firstOther >= 0 && firstOther < answered.length)
      return `messages.${index}: \`tool_result\` blocks must come first in the content`;
    open = blocks.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
    const twice = open.find((id, at) => seen.has(id) || open.indexOf(id) !== at);
    if (twice !== undefined) return `messages.${index}: \`tool_use\` ids must be unique: ${twice}`;
    for (const id of open) seen.add(id);
  }
  return open.length === 0
    ? undefined
    : `messages.${body.messages.length - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}`;
}

function tools(body: RequestBody): string | undefined {
  const names = (body.tools ?? []).map((tool) => tool.name);
  if (new Set(names).size !== names.length) return 'tools: Tool names must be unique.';
  const usesTools = body.messages.some((message) =>
    blocksOf(message.content).some((block) => block.type === 'tool_use'),
  );
  if (usesTools && names.length === 0)
    return 'tools: Requests which include `tool_use` or `tool_result` blocks must define tools.';
  const { tool_choice: choice } = body;
  if (choice?.type === 'tool' && !names.includes(choice.name))
    return `tool_choice: Tool '${choice.name}' not found in provided tools`;
  return undefined;
}

function thinking(body: RequestBody): string | undefined {
  for (const [index, message] of body.messages.entries()) {
    for (const [at, block] of blocksOf(message.content).entries()) {
      if (block.type === 'thinking' && block.signature !== signThinking(block.thinking))
        return `messages.${index}.content.${at}: Invalid \`signature\` in \`thinking\` block`;
    }
    const end = blocksOf(message.content).at(-1)?.type;
    if (message.role === 'assistant' && (end === 'thinking' || end === 'redacted_thinking'))
      return `messages.${index}: The final block in an assistant message cannot be \`${end}\`.`;
  }
  if (body.thinking?.type !== 'enabled' && body.thinking?.type !== 'adaptive') return undefined;
  if (body.thinking.type === 'enabled' && body.max_tokens <= body.thinking.budget_tokens)
    return '`max_tokens` must be greater than `thinking.budget_tokens`.';
  if (body.temperature !== undefined && body.temperature !== 1)
    return '`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.';
  const last = body.messages.findLastIndex((message) => message.role === 'assistant');
  const blocks = blocksOf(body.messages[last]?.content ?? '');
  const inLoop = blocks.some((block) => block.type === 'tool_use');
  const first = blocks[0]?.type;
  if (body.thinking.type === 'enabled' && inLoop && first !== 'thinking' && first !== 'redacted_thinking')
    return `messages.${last}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block.`;
  return undefined;
}

function cacheMarks(body: RequestBody): string | undefined {
  const marks = JSON.stringify(body).split('"cache_control"').length - 1;
  return marks > 4 ? `A maximum of 4 blocks with cache_control may be provided. Found ${marks}.` : undefined;
}
