/** The answer with its members in camelCase, at every depth except inside what belongs to the user. */
export declare function toCamelCase(value: unknown): unknown;
/** The request with its members in snake_case. Requests are flat, so no value is looked into. */
export declare function toSnakeCase(members: object): Record<string, unknown>;
