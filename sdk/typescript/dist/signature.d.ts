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
export declare function verifyWebhookSignature(delivery: SignedDelivery): boolean;
