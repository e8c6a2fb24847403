package dev.breakwater.console.page;

import dev.breakwater.kernel.failure.Failure;

/**
 * A page that says what went wrong and what to do next.
 *
 * @param frame around it
 * @param status of the answer
 * @param headline what went wrong, in a few words
 * @param explanation what exactly
 * @param advice what to do next
 * @param requestId to quote to whoever looks into it
 */
public record FailurePage(
        Frame frame, int status, String headline, String explanation, String advice, String requestId) {

    static FailurePage of(Frame frame, Failure failure, String requestId) {
        return new FailurePage(
                frame, failure.status(), headline(failure), failure.explanation(), advice(failure), requestId);
    }

    static String headline(Failure failure) {
        return switch (failure) {
            case Failure.NotFound f -> "There is nothing here";
            case Failure.MethodNotAllowed f -> "There is nothing here";
            case Failure.Unauthenticated f -> "You are not signed in";
            case Failure.Forbidden f -> "You may not do this";
            case Failure.TooManyRequests f -> "Too many requests";
            case Failure.Internal f -> "Something went wrong on our side";
            case Failure.Unavailable f -> "Not available for the moment";
            case Failure.NoRoom f -> "There is no room left";
            case Failure.Conflict f -> "This contradicts what is there";
            case Failure.Precondition f -> "This contradicts what is there";
            case Failure.TooLarge f -> "This is too large";
            case Failure.TooSlow f -> "This took too long";
            default -> "This does not work";
        };
    }

    private static String advice(Failure failure) {
        return switch (failure) {
            case Failure.NotFound f ->
                "It may have been deleted, or it belongs to an organization that you are not looking at. Check the"
                        + " address, or begin at Home.";
            case Failure.MethodNotAllowed f -> "Go back to the page before, or begin at Home.";
            case Failure.Unauthenticated f -> "Sign in, then try again.";
            case Failure.Forbidden f ->
                "Ask an administrator of this organization for the role that includes it, and quote the request id.";
            case Failure.TooManyRequests f -> "Wait a moment, then try again.";
            case Failure.Internal f -> "Try again. If it happens again, quote the request id to your administrator.";
            case Failure.Unavailable f -> "Load the page again in a few seconds.";
            case Failure.NoRoom f -> "Free some space, then try again.";
            case Failure.Conflict f -> "Load the page again to see how things stand now.";
            case Failure.Precondition f -> "Load the page again to see how things stand now.";
            case Failure.TooLarge f -> "Go back and send less at once.";
            case Failure.TooSlow f -> "Check your connection, then try again.";
            case Failure.UnsupportedMediaType f -> "Go back and use the form of the page.";
            default -> "Go back, correct it, and send it again.";
        };
    }
}
