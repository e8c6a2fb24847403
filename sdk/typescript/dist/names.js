"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.toCamelCase = toCamelCase;
exports.toSnakeCase = toSnakeCase;
const schema_js_1 = require("./schema.js");
/** The answer with its members in camelCase, at every depth except inside what belongs to the user. */
function toCamelCase(value) {
    if (Array.isArray(value))
        return value.map(toCamelCase);
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [
        camelCase(name),
        schema_js_1.OPAQUE_MEMBERS.has(name) ? member : toCamelCase(member),
    ]));
}
/** The request with its members in snake_case. Requests are flat, so no value is looked into. */
function toSnakeCase(members) {
    return Object.fromEntries(Object.entries(members).map(([name, value]) => [snakeCase(name), value]));
}
function camelCase(name) {
    return name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}
function snakeCase(name) {
    return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
