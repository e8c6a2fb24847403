/** The version of this package, as its package.json says it. */
export declare const VERSION = "2.1.0";
