// conform.mjs DOCUMENT [ANSWERS]: checks every example of an OpenAPI document against its schema and, where given, real answers, one
// JSON object per line ({operation, status, type, body}), against the schemas that the document gives for them.
// Prints what is wrong, a line each, and at the end what was checked.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';

const [, , documentFile, answersFile] = process.argv;
const document = JSON.parse(readFileSync(documentFile, 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
ajv.addSchema({ $id: 'voice:document', ...document });

const wrong = new Map();
const checked = { examples: 0, answers: 0 };

const escape = (part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
const resolve = (node) => (node?.$ref ? resolve(node.$ref.split('/').slice(1).reduce((at, step) => at[step], document)) : node);

/** The path of parts through the document, with references followed, as a pointer that the validator can compile. */
function pointerTo(parts) {
  let at = document;
  let path = [];
  for (const part of parts) {
    while (at?.$ref) {
      path = at.$ref.split('/').slice(1);
      at = path.reduce((node, step) => node[step], document);
    }
    at = at?.[part];
    path.push(part);
  }
  return at === undefined ? null : `voice:document#/${path.map(escape).join('/')}`;
}

function check(parts, value, where) {
  const pointer = pointerTo(parts);
  const validate = pointer && ajv.getSchema(pointer);
  if (!validate) {
    wrong.set(`${where}: no schema`, true);
  } else if (!validate(value)) {
    for (const error of validate.errors.slice(0, 4)) {
      wrong.set(`${where}: ${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`, value);
    }
  }
}

function examplesOf(parts, holder, where) {
  for (const [type, media] of Object.entries(resolve(holder)?.content ?? {})) {
    const examples = media.examples ? Object.entries(media.examples).map(([name, example]) => [name, example.value]) : 'example' in media ? [['example', media.example]] : [];
    for (const [name, value] of examples) {
      // A form's parts are text here: a file is named by its path.
      if (type.startsWith('multipart/')) continue;
      checked.examples++;
      check([...parts, 'content', type, 'schema'], value, `${where} ${name}`);
    }
  }
}

for (const [path, item] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    const where = `${method.toUpperCase()} ${path}`;
    if (operation.requestBody) examplesOf(['paths', path, method, 'requestBody'], operation.requestBody, `${where} request`);
    for (const [status, response] of Object.entries(operation.responses)) {
      examplesOf(['paths', path, method, 'responses', status], response, `${where} ${status}`);
    }
    for (const [index, parameter] of (operation.parameters ?? []).entries()) {
      const value = resolve(parameter);
      if ('example' in value) {
        checked.examples++;
        check(['paths', path, method, 'parameters', index, 'schema'], value.example, `${where} ${value.name}`);
      }
    }
  }
}

for (const line of answersFile ? readFileSync(answersFile, 'utf8').split('\n').filter(Boolean) : []) {
  const answer = JSON.parse(line);
  const [method, path] = answer.operation.split(' ');
  checked.answers++;
  check(['paths', path, method.toLowerCase(), 'responses', answer.status, 'content', answer.type, 'schema'], answer.body, `${answer.operation} answered ${answer.status}`);
}

console.log(JSON.stringify({ wrong: [...wrong].map(([text, value]) => `${text} in ${JSON.stringify(value).slice(0, 400)}`), checked }));
