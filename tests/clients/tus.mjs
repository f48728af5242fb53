// The `tus-js-client` package: uploads a file, is interrupted in the middle, and goes on where the server is. The last line says how it went.
import { readFileSync } from 'node:fs';
import { Upload } from 'tus-js-client';

const { VOICE_URL, VOICE_KEY, VOICE_FILE } = process.env;
const file = readFileSync(VOICE_FILE);

// In pieces, so that there is a middle: the whole file at once may be on its way before anybody can hang up.
const common = { chunkSize: 4 * 1024 * 1024, headers: { Authorization: `Bearer ${VOICE_KEY}` }, retryDelays: [0, 200, 1000], metadata: { filename: 'meeting.wav', filetype: 'audio/wav' } };

/** Uploads until half of it is on its way, then hangs up. */
function begin() {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      ...common,
      endpoint: `${VOICE_URL}/api/v1/uploads`,
      onError: reject,
      onProgress: (sent) => {
        if (upload.url && sent > file.length / 2) {
          upload.abort().then(() => resolve(upload.url), reject);
        }
      },
    });
    upload.start();
  });
}

function resume(uploadUrl) {
  return new Promise((resolve, reject) => {
    let first;
    const upload = new Upload(file, {
      ...common,
      uploadUrl,
      onError: reject,
      onProgress: (sent) => {
        first ??= sent;
      },
      onSuccess: () => resolve(first),
    });
    upload.start();
  });
}

const url = await begin();
const head = await fetch(url, { method: 'HEAD', headers: { ...common.headers, 'Tus-Resumable': '1.0.0' } });
const interrupted = Number(head.headers.get('Upload-Offset'));
await resume(url);
console.log(JSON.stringify({ id: url.split('/').at(-1), length: file.length, interrupted }));
