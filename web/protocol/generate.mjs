// Writes schema.ts from openapi.json; scripts/protocol writes that from the routes themselves.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const here = new URL(".", import.meta.url);

export async function generated() {
  const document = JSON.parse(await readFile(new URL("openapi.json", here), "utf8"));
  return `// Made by 'npm run types'.\n\n${astToString(await openapiTS(document, { alphabetize: true, defaultNonNullable: false }))}`;
}

if (process.argv.includes("--write")) {
  await writeFile(new URL("schema.ts", here), await generated());
}
