package dev.breakwater.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.kernel.failure.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurfaceTest {

    private final Surface surface = Surface.named("test", new EnvelopeDialect())
            .ignoreTrailingSlash()
            .route("GET", "/v2", call -> Answer.empty(200))
            .route("POST", "/v2/{name+}/blobs/uploads", call -> Answer.empty(202))
            .streamed("PATCH", "/v2/{name+}/blobs/uploads/{id}", call -> Answer.empty(202))
            .route("GET", "/v2/{name+}/blobs/{digest}", call -> Answer.empty(200))
            .build();

    private Surface.Match match(String method, String path) {
        return surface.match(method, path, HttpPath.split(path));
    }

    @Test
    void a_segment_with_a_plus_stands_for_several() {
        assertThat(match("GET", "/v2/a/b/c/blobs/d").parameters()).isEqualTo(Map.of("name", "a/b/c", "digest", "d"));
        assertThat(match("GET", "/v2/a/blobs/d").parameters()).isEqualTo(Map.of("name", "a", "digest", "d"));
    }

    @Test
    void the_end_of_a_path_tells_routes_apart() {
        assertThat(match("PATCH", "/v2/a/blobs/blobs/uploads/u").parameters())
                .isEqualTo(Map.of("name", "a/blobs", "id", "u"));
        assertThat(match("PATCH", "/v2/a/blobs/uploads/u").route().streamed()).isTrue();
    }

    @Test
    void a_segment_with_a_plus_stands_for_at_least_one() {
        assertThatThrownBy(() -> match("GET", "/v2/blobs/d")).isInstanceOf(Failure.NotFound.class);
    }

    @Test
    void a_slash_at_the_end_makes_no_difference_where_the_surface_says_so() {
        assertThat(match("POST", "/v2/a/blobs/uploads/").parameters()).isEqualTo(Map.of("name", "a"));
        assertThat(match("GET", "/v2/").parameters()).isEmpty();
    }

    @Test
    void another_method_of_a_path_is_told_which_there_are() {
        assertThatThrownBy(() -> match("PUT", "/v2/a/blobs/uploads"))
                .isInstanceOfSatisfying(
                        Failure.MethodNotAllowed.class,
                        failure -> assertThat(failure.allowed()).contains("POST"));
    }
}
