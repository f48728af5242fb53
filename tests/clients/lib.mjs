// What the scripts share: the spoken sentences, deadlines, and a last line of JSON that says what happened.
import { appendFileSync, readFileSync } from 'node:fs';

const LIMIT = 60_000;
const FRAME = 24_000 * 2 / 50;

export const { VOICE_URL: url, VOICE_KEY: key, VOICE_AGENT: agent = 'receptionist' } = process.env;

export const sentences = (process.env.VOICE_SPEECH ?? '').split(':').filter(Boolean).map((path) => readFileSync(path));

const seen = [];

/** Keeps every event a server sent. */
export function keep(event) {
  seen.push(event);
  if (process.env.VOICE_EVENTS) {
    appendFileSync(process.env.VOICE_EVENTS, JSON.stringify(event) + '\n');
  }
}

export const types = () => seen.map((event) => event.type);

export const all = (type) => seen.filter((event) => event.type === type);

/** The first event from `from` on that is as asked, now or later. */
export async function until(what, matches, from = 0) {
  const started = Date.now();
  while (Date.now() - started < LIMIT) {
    const index = seen.findIndex((event, at) => at >= from && matches(event));
    if (index >= 0) {
      return { event: seen[index], next: index + 1 };
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`not seen within ${LIMIT} ms: ${what}; seen: ${types().join(', ')}`);
}

export const untilType = (type, from = 0) => until(type, (event) => event.type === type, from);

/** The sentence and the silence after it, as a microphone would give it. */
export async function speak(pcm, send, { pace = 0, silence = 1 } = {}) {
  const whole = Buffer.concat([pcm, Buffer.alloc(silence * 24_000 * 2)]);
  for (let at = 0; at < whole.length; at += FRAME) {
    send(whole.subarray(at, Math.min(at + FRAME, whole.length)));
    if (pace > 0) {
      await new Promise((resolve) => setTimeout(resolve, pace));
    }
  }
}

/** Runs the scenario named on the command line; its result is the last line that is printed. */
export async function main(scenarios) {
  const scenario = scenarios[process.argv[2]];
  if (!scenario) {
    throw new Error(`no such scenario: ${process.argv[2]}`);
  }
  try {
    const result = await scenario();
    const errors = all('error').map((event) => event.error);
    console.log(JSON.stringify({ ...result, types: types(), errors }));
    process.exit(0);
  } catch (error) {
    console.error(error);
    console.error(JSON.stringify(all('error')));
    process.exit(1);
  }
}
