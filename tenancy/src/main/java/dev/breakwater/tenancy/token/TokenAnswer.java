package dev.breakwater.tenancy.token;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** The one answer that hands out a token: what every later answer shows of it, and its secret. */
final class TokenAnswer {

    private TokenAnswer() {}

    static Answer created(Object view, TokenSecret secret) {
        ObjectNode answer = Json.mapper().valueToTree(view);
        answer.put("secret", secret.text());
        return Answer.json(201, answer);
    }
}
