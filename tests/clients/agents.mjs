// `@openai/agents-realtime`: a session that keeps the history, runs tools and truncates what was not heard by itself.
import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import { z } from 'zod';
import { agent, all, keep, key, main, sentences, speak, until, untilType, url } from './lib.mjs';

async function connect(options = {}) {
  const transport = new OpenAIRealtimeWebSocket();
  const session = new RealtimeSession(new RealtimeAgent({ name: 'Greeter', instructions: 'Be kind.', tools: options.tools ?? [] }), { transport });
  const sound = { bytes: 0 };
  const failures = [];
  session.on('transport_event', keep);
  session.on('audio', (event) => { sound.bytes += event.data.byteLength; });
  session.on('error', (error) => failures.push(error));
  await session.connect({ apiKey: key, url: `${url}/v1/realtime?agent=${encodeURIComponent(agent)}` });
  await until('the tracing update is accepted', () => all('session.updated').length >= 2);
  return { session, sound, failures };
}

const say = (session, pcm, options) =>
  speak(pcm, (frame) => session.sendAudio(frame.buffer.slice(frame.byteOffset, frame.byteOffset + frame.byteLength)), options);

const messages = (session) => session.history.filter((item) => item.type === 'message')
  .map((item) => ({ role: item.role, status: item.status, text: item.content.map((part) => part.transcript ?? part.text).join(' ') }));

async function historyOf(session, matches) {
  await until('the history is as it should be', () => matches(messages(session)));
  return messages(session);
}

async function spoken() {
  const { session, sound, failures } = await connect();
  await say(session, sentences[0]);
  await untilType('response.done');
  await untilType('conversation.item.retrieved');
  const history = await historyOf(session, (items) => items.length === 2 && items[0].text && items[1].status === 'completed');
  session.close();
  return { history, audioBytes: sound.bytes, failures: failures.length };
}

async function interrupted() {
  const { session, failures } = await connect();
  await say(session, sentences[0]);
  const { event: delta, next } = await untilType('response.output_audio.delta');
  // What it will say was heard is the time that passed since the first audio.
  await new Promise((resolve) => setTimeout(resolve, 800));
  await say(session, sentences[1]);
  await until('the reply is cancelled', (event) => event.type === 'response.done' && event.response.status === 'cancelled', next);
  const { event: truncated, next: cut } = await untilType('conversation.item.truncated', next);
  // The client asks for what is left of it; until then its history has the whole sentence.
  await until('the truncated message is read again', (event) => event.type === 'conversation.item.retrieved' && event.item.id === truncated.item_id, cut);
  await until('the second reply is done', (event) => event.type === 'response.done' && event.response.id !== delta.response_id, next);
  const history = await historyOf(session, (items) => items.length === 4 && items[3].status === 'completed');
  session.close();
  return { history, truncatedTo: truncated.audio_end_ms, failures: failures.length };
}

async function tools() {
  const calls = [];
  const book = tool({
    name: 'book_appointment',
    description: 'Books an appointment.',
    parameters: z.object({ day: z.string() }),
    execute: async ({ day }) => {
      calls.push(day);
      return JSON.stringify({ booked: true });
    },
  });
  const { session, failures } = await connect({ tools: [book] });
  await say(session, sentences[0]);
  await until('the answer after the tool', (event) => event.type === 'response.done' && event.response.output.every((item) => item.type === 'message'));
  const history = await historyOf(session, (items) => items.length === 3 && items[2].status === 'completed');
  const called = session.history.filter((item) => item.type === 'function_call').map((item) => ({ name: item.name, status: item.status, output: item.output }));
  session.close();
  return { calls, called, history, failures: failures.length };
}

await main({ spoken, interrupted, tools });
