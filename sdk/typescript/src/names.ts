import { OPAQUE_MEMBERS } from './schema.js';

/** The answer with its members in camelCase, at every depth except inside what belongs to the user. */
export function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      camelCase(name),
      OPAQUE_MEMBERS.has(name) ? member : toCamelCase(member),
    ]),
  );
}

/** The request with its members in snake_case. Requests are flat, so no value is looked into. */
export function toSnakeCase(members: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [snakeCase(name), value]));
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
