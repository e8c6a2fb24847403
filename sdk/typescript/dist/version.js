"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.VERSION = void 0;
/** The version of this package, as its package.json says it. */
exports.VERSION = '2.1.0';
