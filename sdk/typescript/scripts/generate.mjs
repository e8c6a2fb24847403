// Writes src/schema.ts from the OpenAPI file: the same members in camelCase, and which of them are never looked into.
// With the option --check it writes nothing, and fails when the file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';

const source = new URL('../../../events/src/main/resources/openapi/events.yaml', import.meta.url);
const target = new URL('../src/schema.ts', import.meta.url);

const document = parse(readFileSync(source, 'utf8'), { merge: true });
const { schemas, parameters } = document.components;
const opaque = new Set();
const memberNames = new Set(Object.values(schemas).flatMap((schema) => Object.keys(schema.properties ?? {})));

const isError = (schema) => schema.properties?.error !== undefined;
const isMap = (schema) => schema.type === 'object' && schema.properties === undefined;
const hasName = (schema) => schema.enum !== undefined || schema.properties !== undefined;
const nameOf = (reference) => reference.slice(reference.lastIndexOf('/') + 1);
const camelCase = (name) => name.replace(/_([a-z])/g, (match, letter) => letter.toUpperCase());
const pascalCase = (name) => name[0].toUpperCase() + name.slice(1);
const literal = (value) => (typeof value === 'string' ? `'${value}'` : String(value));
const union = (types) => [...new Set(types)].join(' | ');

/** The parts of OpenAPI that the file uses; anything else stops the generator. */
function typeOf(schema) {
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    return hasName(schemas[name]) ? name : typeOf(schemas[name]);
  }
  if (schema.enum) return union(schema.enum.map(literal));
  if ('const' in schema) return literal(schema.const);
  if (schema.anyOf) return union(schema.anyOf.map(typeOf));
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type })));
  if (isMap(schema))
    return `Record<string, ${schema.additionalProperties ? typeOf(schema.additionalProperties) : 'unknown'}>`;
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
      return 'number';
    case 'boolean':
    case 'null':
      return schema.type;
    case 'array': {
      const item = typeOf(schema.items);
      return item.includes('|') ? `(${item})[]` : `${item}[]`;
    }
    default:
      throw new Error(`No rule for the schema ${JSON.stringify(schema)}`);
  }
}

/** Callers may also give a Date for a time, and any interface for a map: only with `any` does TypeScript allow that. */
function inputTypeOf(schema) {
  const resolved = schema.$ref ? schemas[nameOf(schema.$ref)] : schema;
  if (resolved === schemas.TimeBound || resolved.format === 'date-time')
    return union(['Date', ...typeOf(schema).split(' | ')]);
  return isMap(resolved) ? 'Record<string, any>' : typeOf(schema);
}

function comment(text, indent) {
  if (!text) return '';
  const lines = text
    .trim()
    .replace(/`(\w+)`/g, (match, word) => (memberNames.has(word) ? `\`${camelCase(word)}\`` : match))
    .split('\n');
  return lines.length === 1
    ? `${indent}/** ${lines[0]} */\n`
    : `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd() + '\n').join('')}${indent} */\n`;
}

function member(name, schema, required, type) {
  const description = schema.description ?? (schema.$ref && schemas[nameOf(schema.$ref)].description);
  return comment(description, '  ') + `  ${camelCase(name)}${required ? `: ${type}` : `?: ${type} | undefined`};\n`;
}

/** Answers are closed, requests are open to members that a later server knows. */
function interfaceOf(name, schema) {
  const type = schema.additionalProperties === false ? typeOf : inputTypeOf;
  const members = Object.entries(schema.properties).map(([property, value]) => {
    const resolved = value.$ref ? schemas[nameOf(value.$ref)] : value;
    if (isMap(resolved)) opaque.add(property);
    return member(property, value, schema.required?.includes(property) ?? false, type(value));
  });
  return `${comment(schema.description, '')}export interface ${name} {\n${members.join('')}}\n`;
}

function queryOf(operation) {
  const members = operation.parameters
    .map((parameter) => (parameter.$ref ? parameters[nameOf(parameter.$ref)] : parameter))
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, description, required, schema }) => {
      const type = schema.type === 'array' ? union([typeOf(schema.items), typeOf(schema)]) : inputTypeOf(schema);
      return member(name, { description }, required ?? false, type);
    });
  return `export interface ${pascalCase(operation.operationId)} {\n${members.join('')}}\n`;
}

const types = Object.entries(schemas)
  .filter(([name, schema]) => hasName(schema) && !isError(schema) && !name.endsWith('Page'))
  .map(([name, schema]) =>
    schema.properties
      ? interfaceOf(name, schema)
      : `${comment(schema.description, '')}export type ${name} = ${typeOf(schema)};\n`,
  );
const queries = Object.values(document.paths)
  .flatMap((path) => Object.values(path))
  .filter((operation) => operation.operationId?.startsWith('list'))
  .map(queryOf);
const codes = Object.values(schemas)
  .filter(isError)
  .map((schema) => literal(schema.properties.error.properties.code.const));

const written = `// Made by scripts/generate.mjs from openapi/events.yaml; do not edit.

${[...types, ...queries].join('\n')}
/** The codes of the server's errors. */
export type ServerErrorCode =
${codes.map((code) => `  | ${code}`).join('\n')};

/** Members of answers whose content belongs to the user, and is passed on as it is. */
export const OPAQUE_MEMBERS: ReadonlySet<string> = new Set([${[...opaque].map(literal).join(', ')}]);
`;

const config = await resolveConfig(fileURLToPath(target));
const text = await format(written, { ...config, parser: 'typescript' });

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('src/schema.ts is stale: run npm run build');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
