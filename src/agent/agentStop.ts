/** The agent ends a turn by itself, for a reason that the person is told. */
export class AgentStop extends Error {
  override readonly name = 'AgentStop';
  readonly code: 'loop' | 'step-limit' | 'time-limit' | 'spending-limit';

  constructor(code: AgentStop['code'], message: string) {
    super(message);
    this.code = code;
  }
}
