// samples.mjs FOLDER: runs every .mjs in it as a reader would, one after the other, and prints for each what came of it, a JSON object a line:
// {name, error?: string}. What the samples print themselves is theirs to print, and left out.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
process.chdir(folder);
console.log = () => {};
for (const file of readdirSync(folder).filter((name) => name.endsWith('.mjs')).sort()) {
  const result = { name: file.slice(0, -'.mjs'.length) };
  try {
    await import(pathToFileURL(join(folder, file)).href);
  } catch (error) {
    result.error = String(error.message);
  }
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
process.exit(0);
