// node server.mjs [PORT]: Moonshine tiny (English) as an OpenAI-compatible server of transcription, on this machine's processor.
// The model comes in the npm package of its makers (MIT for English): https://github.com/moonshine-ai/moonshine-js
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import busboy from 'busboy';
import llama from 'llama-tokenizer-js';
import ort from 'onnxruntime-node';

const model = 'moonshine-tiny';
const rate = 16_000;
// The model has heard nothing longer; and attention grows with the square of it.
const longest = 25 * rate;
const most = 26 * 1024 * 1024;
// Shape of the tiny model's decoder, and its marks of begin and end.
const [layers, heads, width, begin, end] = [6, 8, 36, 1, 2];
// Of its authors: speech has no more, and where the model loops this ends it.
const tokensPerSecond = 6.5;

const folder = fileURLToPath(new URL('node_modules/@usefulsensors/moonshine-js/dist/model/tiny/quantized', import.meta.url));
const options = { intraOpNumThreads: Number(process.env.MOONSHINE_THREADS ?? 1), interOpNumThreads: 1 };
const encoder = await ort.InferenceSession.create(path.join(folder, 'encoder_model.onnx'), options);
const decoder = await ort.InferenceSession.create(path.join(folder, 'decoder_model_merged.onnx'), options);

class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}

async function transcribe(samples) {
  const { last_hidden_state: heard } = await encoder.run({ input_values: new ort.Tensor('float32', samples, [1, samples.length]) });
  const past = {};
  for (let layer = 0; layer < layers; layer++) {
    for (const part of ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value']) {
      past[`past_key_values.${layer}.${part}`] = new ort.Tensor('float32', new Float32Array(0), [0, heads, 1, width]);
    }
  }

  const tokens = [];
  for (let last = begin, left = Math.ceil(samples.length / rate * tokensPerSecond); left > 0; left--) {
    const first = last === begin;
    const next = await decoder.run({
      input_ids: new ort.Tensor('int64', BigInt64Array.of(BigInt(last)), [1, 1]),
      encoder_hidden_states: heard,
      use_cache_branch: new ort.Tensor('bool', [!first], [1]),
      ...past,
    });
    last = next.logits.data.reduce((best, score, token, scores) => (score > scores[best] ? token : best), 0);
    if (last === end) break;
    tokens.push(last);
    // What was heard does not change after the first token.
    for (const key of Object.keys(past)) {
      if (first || key.includes('decoder')) past[key] = next[key.replace('past_key_values', 'present')];
    }
  }

  return llama.decode(tokens, false, false).trim();
}

/** Cuts where it is quietest, in the last ten seconds of what the model takes. */
function* pieces(samples) {
  const frame = rate / 50;
  while (samples.length > longest) {
    let [cut, quietest] = [longest, Infinity];
    for (let at = longest - 10 * rate; at + frame <= longest; at += frame) {
      const energy = samples.subarray(at, at + frame).reduce((sum, sample) => sum + sample * sample, 0);
      if (energy < quietest) [cut, quietest] = [at + frame / 2, energy];
    }
    yield samples.subarray(0, cut);
    samples = samples.subarray(cut);
  }
  // The encoder needs a few frames.
  if (samples.length >= rate / 10) yield samples;
}

/** By a windowed sinc: what the lower of both rates cannot carry is left out. */
function resample(samples, from) {
  if (from === rate) return samples;
  const step = from / rate;
  const cut = 0.95 * Math.min(1, 1 / step);
  const half = Math.ceil(16 / cut);
  return new Float32Array(Math.floor(samples.length / step)).map((_, n) => {
    const at = n * step;
    let sum = 0;
    for (let k = Math.max(0, Math.ceil(at - half)); k <= Math.min(samples.length - 1, at + half); k++) {
      const x = Math.PI * cut * (at - k);
      sum += samples[k] * cut * (x === 0 ? 1 : Math.sin(x) / x) * (0.5 + 0.5 * Math.cos(Math.PI * (at - k) / half));
    }
    return sum;
  });
}

function read(wav) {
  const text = (at) => wav.toString('latin1', at, at + 4);
  let format;
  if (wav.length >= 12 && text(0) === 'RIFF' && text(8) === 'WAVE') {
    for (let at = 12; at + 8 <= wav.length; ) {
      const length = wav.readUInt32LE(at + 4);
      if (text(at) === 'fmt ' && at + 24 <= wav.length) {
        format = { kind: [wav.readUInt16LE(at + 8), wav.readUInt16LE(at + 10), wav.readUInt16LE(at + 22)].join(), rate: wav.readUInt32LE(at + 12) };
      } else if (text(at) === 'data' && format?.kind === '1,1,16' && format.rate >= 8_000 && format.rate <= 192_000) {
        const samples = new Float32Array(Math.min(length, wav.length - at - 8) >> 1);
        return resample(samples.map((_, index) => wav.readInt16LE(at + 8 + 2 * index) / 32_768), format.rate);
      }
      at += 8 + length + (length & 1);
    }
  }
  throw new Refusal(400, 'invalid_audio', 'The file must be WAV: PCM of 16 bit, mono, 8 to 192 kHz.');
}

/** The fields of the form, and its file. busboy takes what clients send: not all put quotes around names. */
function body(request) {
  return new Promise((resolve, reject) => {
    const refuse = (status, code, message) => reject(new Refusal(status, code, message));
    const form = { fields: {}, file: null };
    let reader;
    try {
      reader = busboy({ headers: request.headers, limits: { fileSize: most, files: 1, fields: 32, fieldSize: 64 * 1024 } });
    } catch {
      return refuse(400, 'invalid_form', 'The body must be multipart/form-data.');
    }
    reader.on('field', (name, value) => (form.fields[name] = value));
    reader.on('file', (name, stream) => {
      const parts = [];
      stream.on('limit', () => refuse(413, 'payload_too_large', `At most ${most} bytes.`));
      stream.on('data', (part) => parts.push(part));
      stream.on('end', () => name === 'file' && (form.file = Buffer.concat(parts)));
    });
    reader.on('close', () => resolve(form));
    reader.on('error', () => refuse(400, 'invalid_form', 'The form cannot be read to its end.'));
    request.on('aborted', () => refuse(400, 'invalid_form', 'The form broke off.'));
    request.pipe(reader);
  });
}

async function answer(request) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (request.method === 'GET' && pathname === '/v1/models') {
    return { object: 'list', data: [{ id: model, object: 'model', created: 0, owned_by: 'moonshine-ai' }] };
  }
  if (request.method !== 'POST' || pathname !== '/v1/audio/transcriptions') throw new Refusal(404, 'not_found', 'Only POST /v1/audio/transcriptions and GET /v1/models.');
  const { fields, file } = await body(request);
  if (!file) throw new Refusal(400, 'missing_file', "'file' is required.");
  const format = fields.response_format ?? 'json';
  if (!['json', 'verbose_json'].includes(format)) throw new Refusal(400, 'invalid_value', "'response_format' must be json or verbose_json.");
  if (!(fields.language || 'en').startsWith('en')) throw new Refusal(400, 'unsupported_language', 'This model hears English (en) only.');
  const samples = read(file);
  const segments = [];
  let start = 0;
  for (const piece of pieces(samples)) {
    const text = await transcribe(piece);
    if (text) segments.push({ id: segments.length, start, end: start + piece.length / rate, text });
    start += piece.length / rate;
  }
  const text = segments.map((segment) => segment.text).join(' ');
  const duration = samples.length / rate;
  return format === 'verbose_json' ? { task: 'transcribe', language: 'english', duration, text, segments } : { text, usage: { type: 'duration', seconds: Math.ceil(duration) } };
}

const server = http.createServer(async (request, response) => {
  let [status, result] = [200, null];
  try {
    result = await answer(request);
  } catch (error) {
    status = error.status ?? 500;
    result = { error: { message: error.status ? error.message : 'The engine failed.', type: status < 500 ? 'invalid_request_error' : 'server_error', param: null, code: error.code ?? null } };
    if (status === 500) console.error(error);
  }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(result));
});
server.listen(Number(process.argv[2] ?? 8090), '127.0.0.1', () => console.log(`${model} at http://127.0.0.1:${server.address().port}/v1`));
