"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.eachItem = eachItem;
/** The items of all pages; a page is fetched when the items before it have been taken. */
async function* eachItem(list, query) {
    let page = await list(query);
    yield* page.data;
    while (page.hasMore && page.endCursor !== null) {
        page = await list({ ...query, startingAfter: page.endCursor });
        yield* page.data;
    }
}
