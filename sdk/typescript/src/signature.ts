import { createHmac, timingSafeEqual } from 'node:crypto';

/** The parsed body of a delivery. It keeps the names that were signed. */
export interface DeliveryEnvelope {
  /** Names the delivery; the same on every attempt. */
  id: string;
  type: 'event.created';
  created_at: string;
  data: {
    /** Names the event: deliveries come at least once, so skip those that you have seen. */
    id: string;
    type: string;
    workspace_id: string;
    payload: Record<string, unknown>;
    created_at: string;
  };
}

/** A delivery as it arrived. Headers that are missing may be passed on as they are. */
export interface SignedDelivery {
  /** The raw body, before it is parsed. */
  payload: string | Uint8Array;
  /** The header `Harbor-Signature`. */
  signature: string | null | undefined;
  /** The header `Harbor-Timestamp`. */
  timestamp: string | null | undefined;
  /** The secret of the endpoint, not the API key. */
  secret: string | undefined;
  /** How far the timestamp may be from the clock, in seconds, either way; 300 unless given. */
  toleranceSeconds?: number | undefined;
  /** The present, for tests. */
  now?: Date | undefined;
}

/**
 * Whether a delivery comes from the server and is fresh. Never throws: whatever is malformed is not genuine. While a
 * secret is being rotated a delivery has two signatures, and one that matches is enough.
 */
export function verifyWebhookSignature(delivery: SignedDelivery): boolean {
  try {
    const { payload, signature, timestamp, secret, toleranceSeconds = 300, now = new Date() } = delivery;
    const wellFormed =
      typeof signature === 'string' &&
      typeof timestamp === 'string' &&
      /^\d{1,12}$/.test(timestamp) &&
      // Without a secret anybody could sign.
      typeof secret === 'string' &&
      secret !== '' &&
      (typeof payload === 'string' || payload instanceof Uint8Array);
    if (!wellFormed) return false;
    const fresh = Math.abs(now.getTime() - Number(timestamp) * 1000) <= toleranceSeconds * 1000;
    const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(payload).digest();
    const genuine = signature.split(',').some((each) => matches(each.trim(), expected));
    return fresh && genuine;
  } catch {
    return false;
  }
}

function matches(signature: string, expected: Buffer): boolean {
  const hex = signature.replace(/^(v1|sha256)=/, '');
  return /^[0-9a-f]{64}$/.test(hex) && timingSafeEqual(Buffer.from(hex, 'hex'), expected);
}
