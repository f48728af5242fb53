// Microsoft's own client library speaks a text and an SSML document with a server of its protocol.
import { createHash } from 'node:crypto';
import sdk from 'microsoft-cognitiveservices-speech-sdk';

const config = sdk.SpeechConfig.fromHost(new URL(process.env.VOICE_URL), process.env.VOICE_KEY);
config.speechSynthesisOutputFormat = sdk.SpeechSynthesisOutputFormat.Raw24Khz16BitMonoPcm;
config.speechSynthesisVoiceName = 'en-US-AvaMultilingualNeural';

function speak(method, text) {
  // Without a destination of its own the library looks for a loudspeaker.
  const synthesizer = new sdk.SpeechSynthesizer(config, null);
  return new Promise((resolve, reject) => {
    synthesizer[method](
      text,
      (result) => {
        synthesizer.close();
        const audio = Buffer.from(result.audioData ?? []);
        resolve({
          reason: sdk.ResultReason[result.reason],
          details: result.errorDetails ?? null,
          bytes: audio.length,
          sha256: createHash('sha256').update(audio).digest('hex'),
        });
      },
      (error) => {
        synthesizer.close();
        reject(new Error(error));
      },
    );
  });
}

const text = await speak('speakTextAsync', 'Tom & Jerry <3');
const ssml = await speak('speakSsmlAsync', "<speak version='1.0' xmlns='http://www.w3.org/2001/10/synthesis' xml:lang='en-US'><voice name='v'>Hello</voice></speak>");
console.log(JSON.stringify({ text, ssml }));
process.exit(0);
