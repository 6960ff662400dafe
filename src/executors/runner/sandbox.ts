import type { Disposable } from '../../core/lifecycle.ts';
import type { Frame } from './frames.ts';
import type { LostCause } from './runOutcome.ts';

/** Something started whose runner has said hello, whatever keeps it in. Used once, then destroyed. */
export interface Sandbox {
  /** Settles when the channel to the runner has ended, whatever the cause. */
  readonly closed: Promise<void>;
  /** Whether it has ended already. */
  readonly gone: boolean;
  /** One listener at a time; frames that come while there is none are dropped. */
  onFrame(listener: (frame: Frame) => void): Disposable;
  /** Resolves when there is room for more; a channel that has ended swallows it. */
  send(frame: Uint8Array): Promise<void>;
  /** For slowing down a program that writes faster than we can keep. */
  pause(): void;
  resume(): void;
  /** Kills it with everything in it; resolves when it is gone. Never rejects. */
  destroy(): Promise<void>;
  /** Why it went away without telling how the program ended. */
  whyLost(): Promise<LostCause>;
}
