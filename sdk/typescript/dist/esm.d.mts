export { Harbor, HarborError, isHarborError, verifyWebhookSignature } from './index.js';
export type * from './index.js';
