const switches = ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2'];

/**
 * LangChain sends every conversation to a tracing service when one of these variables says so, and
 * offers no other way to refuse. Conversations go to the chosen endpoint and nowhere else.
 */
export function forbidTracing(environment: NodeJS.ProcessEnv): void {
  for (const name of switches) if (environment[name] !== undefined) environment[name] = 'false';
  delete environment['LANGCHAIN_TRACING'];
  delete environment['LANGCHAIN_VERBOSE'];
}
