// Microsoft's client of Azure Speech, unmodified, against the server that the tests play. VOICE_URL is its ws:// address, VOICE_SPEECH a file of sound.
import { readFileSync } from 'node:fs';
import sdk from 'microsoft-cognitiveservices-speech-sdk';

const LIMIT = 60_000;
const { VOICE_URL: url, VOICE_KEY: key, VOICE_SPEECH: speech } = process.env;

function recognizer() {
  const config = sdk.SpeechConfig.fromHost(new URL(url), key);
  config.speechRecognitionLanguage = 'de-DE';
  config.outputFormat = sdk.OutputFormat.Detailed;
  const audio = sdk.AudioInputStream.createPushStream(sdk.AudioStreamFormat.getWaveFormatPCM(16_000, 16, 1));
  const pcm = readFileSync(speech.split(':')[0]);
  audio.write(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.byteLength));
  audio.close();
  const made = new sdk.SpeechRecognizer(config, sdk.AudioConfig.fromStreamInput(audio));
  sdk.PhraseListGrammar.fromRecognizer(made).addPhrase('Riverside Clinic');
  return made;
}

const told = (result) => ({
  reason: sdk.ResultReason[result.reason], text: result.text, offset: result.offset, duration: result.duration,
  confidence: result.json ? JSON.parse(result.json).NBest?.[0]?.Confidence : undefined,
});

const scenarios = {
  /** Until the end of the sound: every hypothesis and every phrase. */
  recognize: () => new Promise((resolve, reject) => {
    const client = recognizer();
    const [hypotheses, phrases] = [[], []];
    client.recognizing = (_, event) => hypotheses.push(event.result.text);
    client.recognized = (_, event) => phrases.push(told(event.result));
    client.canceled = (_, event) => {
      if (event.reason === sdk.CancellationReason.Error) {
        reject(new Error(event.errorDetails));
      }
    };
    client.sessionStopped = () => client.stopContinuousRecognitionAsync(() => {
      client.close();
      resolve({ hypotheses, phrases });
    }, reject);
    client.startContinuousRecognitionAsync(undefined, reject);
  }),

  /** One phrase. */
  once: () => new Promise((resolve, reject) => {
    const client = recognizer();
    client.recognizeOnceAsync((result) => {
      client.close();
      resolve({ phrases: [told(result)], error: result.errorDetails });
    }, reject);
  }),
};

const limit = setTimeout(() => {
  console.error(`not done within ${LIMIT} ms`);
  process.exit(1);
}, LIMIT);
try {
  console.log(JSON.stringify(await scenarios[process.argv[2]]()));
  clearTimeout(limit);
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
