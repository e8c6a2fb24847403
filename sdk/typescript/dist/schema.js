"use strict";
// Made by scripts/generate.mjs from openapi/events.yaml; do not edit.
Object.defineProperty(exports, "__esModule", { value: true });
exports.OPAQUE_MEMBERS = void 0;
/** Members of answers whose content belongs to the user, and is passed on as it is. */
exports.OPAQUE_MEMBERS = new Set(['payload', 'response_headers']);
