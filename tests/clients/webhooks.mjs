// The `standardwebhooks` package: verifies what was received, and prints it as the last line.
import { Webhook } from 'standardwebhooks';

const { VOICE_SECRET, VOICE_BODY, VOICE_HEADERS } = process.env;
console.log(JSON.stringify(new Webhook(VOICE_SECRET).verify(VOICE_BODY, JSON.parse(VOICE_HEADERS))));
