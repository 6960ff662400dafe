import { z } from 'zod';
import type Dockerode from 'dockerode';
import { askEngine } from './endpoint/askEngine.ts';
import type { LostCause } from '../runner/runOutcome.ts';

const engineEvent = z.object({ Action: z.string(), Actor: z.object({ ID: z.string() }) });
const engineInfo = z.object({ SystemTime: z.string() });
const lookBackSeconds = 120;
const longestMs = 5000;

/** Asks the engine's log of events why a container went away without telling. */
export async function lostCause(docker: Dockerode, id: string): Promise<LostCause> {
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
    for await (const chunk of stream) text += String(chunk);
    const actions = text.split('\n').flatMap((line) => {
      if (line.trim() === '') return [];
      const event = engineEvent.safeParse(JSON.parse(line));
      return event.success && event.data.Actor.ID === id ? [event.data.Action] : [];
    });
    return actions.includes('oom') ? 'oom' : 'killed';
  } catch {
    return 'engine';
  }
}
