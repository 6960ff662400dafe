import { ToolMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';
import { z } from 'zod';

/** Answers a malformed call with what is wrong, so that the model writes it again. */
export function checkToolInput() {
  return createMiddleware({
    name: 'glovebox-check-tool-input',
    wrapToolCall: (request, handler) => {
      const { toolCall, tool } = request;
      const schema: unknown = tool !== undefined && 'schema' in tool ? tool.schema : undefined;
      const problem = schema instanceof z.ZodType ? inputProblem(schema, toolCall.args) : undefined;
      if (problem === undefined) return handler(request);
      return new ToolMessage({
        tool_call_id: toolCall.id ?? '',
        name: toolCall.name,
        content: problem,
        status: 'error',
      });
    },
  });
}

function inputProblem(schema: z.ZodType, args: unknown): string | undefined {
  const parsed = schema.safeParse(args);
  if (parsed.success) return undefined;
  const problems = parsed.error.issues.map(
    (issue) => `- ${issue.path.join('.') || 'input'}: ${issue.message}`,
  );
  return `Nothing was run: the call was not well-formed.\n${problems.join('\n')}\nCall the tool again with the whole input.`;
}
