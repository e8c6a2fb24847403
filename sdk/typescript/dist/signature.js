"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.verifyWebhookSignature = verifyWebhookSignature;
const node_crypto_1 = require("node:crypto");
/**
 * Whether a delivery comes from the server and is fresh. Never throws: whatever is malformed is not genuine. While a
 * secret is being rotated a delivery has two signatures, and one that matches is enough.
 */
function verifyWebhookSignature(delivery) {
    try {
        const { payload, signature, timestamp, secret, toleranceSeconds = 300, now = new Date() } = delivery;
        const wellFormed = typeof signature === 'string' &&
            typeof timestamp === 'string' &&
            /^\d{1,12}$/.test(timestamp) &&
            // Without a secret anybody could sign.
            typeof secret === 'string' &&
            secret !== '' &&
            (typeof payload === 'string' || payload instanceof Uint8Array);
        if (!wellFormed)
            return false;
        const fresh = Math.abs(now.getTime() - Number(timestamp) * 1000) <= toleranceSeconds * 1000;
        const expected = (0, node_crypto_1.createHmac)('sha256', secret).update(`${timestamp}.`).update(payload).digest();
        const genuine = signature.split(',').some((each) => matches(each.trim(), expected));
        return fresh && genuine;
    }
    catch {
        return false;
    }
}
function matches(signature, expected) {
    const hex = signature.replace(/^(v1|sha256)=/, '');
    return /^[0-9a-f]{64}$/.test(hex) && (0, node_crypto_1.timingSafeEqual)(Buffer.from(hex, 'hex'), expected);
}
