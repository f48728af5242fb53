// The `openai` package's REST client: speech, transcriptions, translations, chat and models. Recordings are 24 kHz PCM, as the others' are.
import OpenAI, { toFile } from 'openai';
import { key, main, sentences, url } from './lib.mjs';

const client = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });

/** 16 bit, 24 kHz. */
function wav(pcm, channels = 1) {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(24_000, 24);
  header.writeUInt32LE(24_000 * 2 * channels, 28);
  header.writeUInt16LE(2 * channels, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([header, pcm]);
}

const file = () => toFile(wav(sentences[0]), 'said.wav', { type: 'audio/wav' });

const refusal = async (call) => {
  try {
    await call();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status, code: error.code, param: error.param };
  }
};

async function transcriptions() {
  const model = 'default';
  const formats = {};
  for (const response_format of ['json', 'text', 'srt', 'vtt', 'verbose_json']) {
    const answer = await client.audio.transcriptions.create({ file: await file(), model, response_format });
    formats[response_format] = typeof answer === 'string' ? answer : answer.text;
  }
  const verbose = await client.audio.transcriptions.create({ file: await file(), model, response_format: 'verbose_json', timestamp_granularities: ['word', 'segment'] });
  const sure = await client.audio.transcriptions.create({ file: await file(), model, include: ['logprobs'], temperature: 0, chunking_strategy: 'auto' });
  const deltas = [];
  let done;
  for await (const event of await client.audio.transcriptions.create({ file: await file(), model, stream: true })) {
    if (event.type === 'transcript.text.delta') {
      deltas.push(event.delta);
    } else if (event.type === 'transcript.text.done') {
      done = event.text;
    }
  }
  const stereo = Buffer.alloc(sentences[0].length * 2);
  for (let at = 0; at < sentences[0].length; at += 2) {
    sentences[0].copy(stereo, at * 2, at, at + 2);
  }
  const diarized = await client.audio.transcriptions.create({
    file: await toFile(wav(stereo, 2), 'call.wav'), model, response_format: 'diarized_json', chunking_strategy: 'auto', known_speaker_names: ['Customer'],
  });
  return {
    formats,
    words: verbose.words.length,
    segments: verbose.segments.length,
    duration: verbose.duration,
    logprobs: sure.logprobs.length,
    streamed: deltas.join(''),
    done,
    speakers: [...new Set(diarized.segments.map((segment) => segment.speaker))],
    refused: await refusal(async () => client.audio.transcriptions.create({ file: await toFile(Buffer.from('not audio at all'), 'x.mp3'), model })),
  };
}

async function translations() {
  const plain = await client.audio.translations.create({ file: await file(), model: 'default' });
  const text = await client.audio.translations.create({ file: await file(), model: 'default', response_format: 'text' });
  const verbose = await client.audio.translations.create({ file: await file(), model: 'default', response_format: 'verbose_json' });
  return { plain: plain.text, text, language: verbose.language };
}

async function speech() {
  const bytes = {};
  for (const response_format of ['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm']) {
    const response = await client.audio.speech.create({ model: 'default', voice: 'alloy', input: 'The clinic is open.', response_format });
    const audio = Buffer.from(await response.arrayBuffer());
    bytes[response_format] = { type: response.headers.get('content-type'), length: audio.length, start: audio.subarray(0, 4).toString('latin1') };
  }
  const byDefault = await client.audio.speech.create({ model: 'default', voice: 'alloy', input: 'Hello.' });
  return { bytes, byDefault: byDefault.headers.get('content-type'), refused: await refusal(() => client.audio.speech.create({ model: 'no-such', voice: 'alloy', input: 'x' })) };
}

const tools = [
  { type: 'function', function: { name: 'book', description: 'Books.', parameters: { type: 'object', properties: { day: { type: 'string' } }, required: ['day'] } } },
  { type: 'function', function: { name: 'hours', description: 'Says when it is open.', parameters: { type: 'object', properties: {} } } },
];

/** Of a model that calls two tools at once; `VOICE_MODEL` names it. */
async function toolCalls() {
  const model = process.env.VOICE_MODEL;
  const messages = [{ role: 'user', content: 'Book Monday, and when are you open?' }];
  const whole = await client.chat.completions.create({ model, messages, tools, parallel_tool_calls: true });
  const runner = client.chat.completions.stream({ model, messages, tools, stream_options: { include_usage: true } });
  const streamed = await runner.finalChatCompletion();
  const next = await client.chat.completions.create({
    model, tools, messages: [...messages, whole.choices[0].message, ...whole.choices[0].message.tool_calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: 'done' }))],
  });
  const calls = (completion) => completion.choices[0].message.tool_calls.map((call) => [call.id, call.function.name, call.function.arguments]);
  return {
    finish: [whole.choices[0].finish_reason, streamed.choices[0].finish_reason],
    whole: calls(whole),
    streamed: calls(streamed),
    usage: streamed.usage.total_tokens,
    then: next.choices[0].finish_reason,
  };
}

async function chat() {
  const model = 'extractive';
  const messages = [{ role: 'system', content: process.env.VOICE_SYSTEM }, { role: 'user', content: 'is there parking' }];
  const whole = await client.chat.completions.create({ model, messages });
  let text = '';
  let usage;
  for await (const chunk of await client.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } })) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  const schema = { name: 'answer', strict: true, schema: { type: 'object', properties: { free: { type: 'boolean' } }, required: ['free'], additionalProperties: false } };
  return {
    whole: whole.choices[0].message.content,
    text,
    counted: [whole.usage.total_tokens, usage.total_tokens],
    schema: await refusal(() => client.chat.completions.create({ model, messages, response_format: { type: 'json_schema', json_schema: schema } })),
    several: await refusal(() => client.chat.completions.create({ model, messages, n: 2 })),
  };
}

/** Of a model that keeps to a schema; `VOICE_MODEL` names it. */
async function json() {
  const completion = await client.chat.completions.parse({
    model: process.env.VOICE_MODEL,
    messages: [{ role: 'user', content: 'Is parking free?' }],
    response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: { type: 'object', properties: { free: { type: 'boolean' } }, required: ['free'], additionalProperties: false } } },
  });
  return { content: completion.choices[0].message.content };
}

async function models() {
  const names = [];
  for await (const model of client.models.list()) {
    names.push(model.id);
  }
  return { names, one: (await client.models.retrieve('extractive')).id, missing: await refusal(() => client.models.retrieve('no-such')) };
}

await main({ transcriptions, translations, speech, chat, toolCalls, json, models });
