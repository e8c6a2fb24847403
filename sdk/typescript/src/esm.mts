// The way in for import. There is one copy of the code for both kinds of modules, so that a process never has two.
export { Harbor, HarborError, isHarborError, verifyWebhookSignature } from './index.js';
export type * from './index.js';
