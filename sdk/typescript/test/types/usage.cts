// Compiled by a test, never run: the same package for CommonJS.
import sdk = require('@harbor/sdk');

export const harbor: sdk.Harbor = new sdk.Harbor({ secretKey: 'hb_test_xxxx' });
export const event: Promise<sdk.Event> = harbor.events.retrieve('evt_');
export const check: (error: unknown) => error is sdk.HarborError = sdk.isHarborError;
