/** One page of a list, newest first. */
export interface Page<T> {
    data: T[];
    /** Whether at least one further item exists. */
    hasMore: boolean;
    /** For `startingAfter` of the next page, within 24 hours; null on an empty page. */
    endCursor: string | null;
}
/** The items of all pages; a page is fetched when the items before it have been taken. */
export declare function eachItem<T, Q extends {
    startingAfter?: string | undefined;
}>(list: (query: Q) => Promise<Page<T>>, query: Q): AsyncGenerator<T, void, undefined>;
