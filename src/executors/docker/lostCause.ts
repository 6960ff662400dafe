import { z } from 'zod';
import type Dockerode from 'dockerode';
import type { LostCause } from '../runner/runOutcome.ts';

const engineEvent = z.object({ Action: z.string(), Actor: z.object({ ID: z.string() }) });
const lookBackSeconds = 120;

/** Asks the engine's log of events why a container went away without telling. */
export async function lostCause(docker: Dockerode, id: string): Promise<LostCause> {
  const now = Math.ceil(Date.now() / 1000);
  try {
    const stream = await docker.getEvents({
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
