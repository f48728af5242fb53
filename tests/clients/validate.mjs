// validate.mjs SCHEMA EVENTS: checks what a server sent, one JSON object per line, against the schemas of its extensions.
// The last line says which definitions were met.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';

const [, , schemaFile, eventsFile] = process.argv;
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
ajv.addSchema(schema);

const met = new Set();
const wrong = [];

function check(name, value, line) {
  const validate = schema.$defs[name] && ajv.getSchema(`${schema.$id}#/$defs/${name}`);
  met.add(name);
  if (!validate) {
    wrong.push(`${name} has no schema: ${line}`);
  } else if (!validate(value)) {
    wrong.push(`${ajv.errorsText(validate.errors)}: ${line}`);
  }
}

for (const line of readFileSync(eventsFile, 'utf8').split('\n').filter(Boolean)) {
  const event = JSON.parse(line);
  if (event.type.startsWith('voiceaspire.')) {
    check(event.type, event, line);
  } else if (event.type === 'session.created' || event.type === 'session.updated') {
    check('session.voiceaspire', event.session.voiceaspire, line);
  }
}

if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log(JSON.stringify([...met].sort()));
