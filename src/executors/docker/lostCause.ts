import { z } from 'zod';
import type Dockerode from 'dockerode';
import { askEngine } from './endpoint/askEngine.ts';
import type { LostCause } from '../runner/runOutcome.ts';

const engineEvent = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.unknown()).default({}) }),
});
const engineInfo = z.object({ SystemTime: z.string() });
const lookBackSeconds = 120;
const longestMs = 5000;
const killed = '137';

/**
 * Asks the engine's log of events why a container went away without telling.
 *
 * @param wholeSandbox - Whether memory that runs out ends the sandbox as a whole, as gVisor's does. The engine
 *   learns of that from a control group which is often gone before it looks: 7 of 60 times on a busy machine
 *   (Docker 20.10, containerd 1.6) there was no word of it. What is left is a SIGKILL that nobody asked for.
 */
export async function lostCause(docker: Dockerode, id: string, wholeSandbox: boolean): Promise<LostCause> {
  const abortSignal = AbortSignal.timeout(longestMs);
  try {
    // By the engine's own clock, which need not be that of this machine.
    const { SystemTime } = engineInfo.parse(await askEngine(docker, '/info', abortSignal));
    const now = Math.ceil(Date.parse(SystemTime) / 1000);
    const stream = await docker.getEvents({
      abortSignal,
      since: now - lookBackSeconds,
      until: now + 1,
      filters: { container: [id] },
    });
    let text = '';
    for await (const chunk of stream) {
      text += String(chunk);
      // The rest of the time is for a word that comes late.
      if (causeIn(wholeLines(text), id, wholeSandbox) === 'oom') return 'oom';
    }
    return causeIn(text, id, wholeSandbox);
  } catch {
    return 'engine';
  }
}

/** What the engine's events, one a line, say of the end of a container. Pure; throws on what is no event. */
export function causeIn(events: string, id: string, wholeSandbox: boolean): LostCause {
  const seen = events.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    const event = engineEvent.safeParse(JSON.parse(line));
    return event.success && event.data.Actor.ID === id ? [event.data] : [];
  });
  const did = (action: string): boolean => seen.some(({ Action }) => Action === action);
  if (did('oom')) return 'oom';
  const ended = seen.find(({ Action }) => Action === 'die')?.Actor.Attributes['exitCode'];
  return wholeSandbox && ended === killed && !did('kill') ? 'memory-likely' : 'killed';
}

const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);
