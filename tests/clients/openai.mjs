// The `openai` package's realtime client.
import OpenAI from 'openai';
import { OpenAIRealtimeWebSocket } from 'openai/realtime/websocket';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { agent, all, keep, key, main, sentences, speak, until, untilType, url } from './lib.mjs';

async function connect(props = { model: agent }) {
  const client = new OpenAI({ apiKey: key, baseURL: `${url}/v1` });
  const realtime = new OpenAIRealtimeWS(props, client);
  realtime.on('event', keep);
  // Without a listener the client would end the process; those of the server are in what was kept.
  realtime.on('error', (error) => {
    if (!error.error) {
      throw error;
    }
  });
  await untilType('session.created');
  return realtime;
}

const say = (realtime, pcm, options) =>
  speak(pcm, (frame) => realtime.send({ type: 'input_audio_buffer.append', audio: frame.toString('base64') }), options);

async function close(realtime) {
  const closed = new Promise((resolve) => realtime.socket.on('close', (code) => resolve(code)));
  realtime.close();
  return closed;
}

const audioBytes = () => all('response.output_audio.delta').reduce((sum, event) => sum + Buffer.from(event.delta, 'base64').length, 0);

async function spoken() {
  const realtime = await connect();
  await say(realtime, sentences[0]);
  const { event: done } = await untilType('response.done');
  return {
    transcript: all('conversation.item.input_audio_transcription.completed')[0].transcript,
    reply: done.response.output[0].content[0].transcript,
    status: done.response.status,
    audioBytes: audioBytes(),
    closed: await close(realtime),
  };
}

async function interrupted() {
  const realtime = await connect();
  await say(realtime, sentences[0]);
  const { event: delta, next } = await untilType('response.output_audio.delta');
  await say(realtime, sentences[1]);
  const { event: started } = await untilType('input_audio_buffer.speech_started', next);
  const { event: cancelled } = await until('the reply is cancelled', (event) => event.type === 'response.done' && event.response.id === delta.response_id, next);
  realtime.send({ type: 'conversation.item.truncate', item_id: delta.item_id, content_index: 0, audio_end_ms: 700 });
  const { event: truncated, next: after } = await untilType('conversation.item.truncated', next);
  realtime.send({ type: 'conversation.item.retrieve', item_id: delta.item_id });
  const { event: retrieved } = await untilType('conversation.item.retrieved', after);
  const { event: second } = await until('the second reply is done', (event) => event.type === 'response.done' && event.response.id !== delta.response_id, next);
  return {
    interruptedAt: started.audio_start_ms,
    status: cancelled.response.status,
    reason: cancelled.response.status_details.reason,
    truncatedTo: truncated.audio_end_ms,
    heard: retrieved.item.content[0].transcript,
    whole: second.response.output[0].content[0].transcript,
    closed: await close(realtime),
  };
}

async function tools() {
  const realtime = await connect();
  realtime.send({
    type: 'session.update',
    session: {
      type: 'realtime',
      tools: [{
        type: 'function', name: 'book_appointment', description: 'Books an appointment.',
        parameters: { type: 'object', properties: { day: { type: 'string' } }, required: ['day'], additionalProperties: false },
      }],
    },
  });
  await untilType('session.updated');
  await say(realtime, sentences[0]);
  const { event: call } = await untilType('response.function_call_arguments.done');
  const { event: first, next } = await untilType('response.done');
  realtime.send({ type: 'conversation.item.create', item: { type: 'function_call_output', call_id: call.call_id, output: '{"booked":true}' } });
  realtime.send({ type: 'response.create' });
  const { event: second } = await untilType('response.done', next);
  return {
    name: call.name,
    arguments: JSON.parse(call.arguments),
    firstOutput: first.response.output.map((item) => item.type),
    reply: second.response.output[0].content[0].transcript,
    closed: await close(realtime),
  };
}

/** A server mints a secret, and a browser, which cannot set headers, talks with it. */
async function browser() {
  const server = new OpenAI({ apiKey: key, baseURL: `${url}/v1` });
  const secret = await server.realtime.clientSecrets.create({ session: { type: 'realtime', model: agent, instructions: 'Be brief.' } });
  const lifetime = secret.expires_at - Math.floor(Date.now() / 1000);
  const connectWith = (value) => {
    const realtime = new OpenAIRealtimeWebSocket({ model: agent }, { apiKey: value, baseURL: `${url}/v1` });
    realtime.on('event', keep);
    realtime.on('error', () => {});
    return realtime;
  };
  const realtime = connectWith(secret.value);
  const { event: created } = await untilType('session.created');
  await say(realtime, sentences[0]);
  const { event: done } = await untilType('response.done');
  const again = connectWith(secret.value);
  const refused = await new Promise((resolve) => {
    again.socket.addEventListener('open', () => resolve(false));
    again.socket.addEventListener('close', () => resolve(true));
    // Node 20 says no more than this where the upgrade is refused.
    again.socket.addEventListener('error', () => resolve(true));
  });
  realtime.close();
  return {
    secret: secret.value.slice(0, 3),
    lifetime,
    instructions: created.session.instructions,
    protocol: realtime.socket.protocol,
    reply: done.response.output[0].content[0].transcript,
    refused,
  };
}

/** Only listens. */
async function transcription() {
  const realtime = await connect({ intent: 'transcription' });
  realtime.send({
    type: 'session.update',
    session: { type: 'transcription', audio: { input: { transcription: { model: 'gpt-4o-transcribe', language: 'en' }, turn_detection: { type: 'server_vad' } } } },
  });
  const { event: updated } = await untilType('session.updated');
  await say(realtime, sentences[0]);
  const { event: completed } = await untilType('conversation.item.input_audio_transcription.completed');
  return { type: updated.session.type, transcript: completed.transcript, closed: await close(realtime) };
}

await main({ spoken, interrupted, tools, browser, transcription });
