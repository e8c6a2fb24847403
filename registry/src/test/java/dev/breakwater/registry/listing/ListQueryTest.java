package dev.breakwater.registry.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.kernel.failure.Failure;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListQueryTest {

    @Test
    void each_kind_of_match_is_read() {
        ListQuery query = ListQuery.parse("a=1,b=~x y,c=[1~2],d={p q},e=(1 2),f=[~z],g=[z~]");

        assertThat(query.match("a")).contains(new ListQuery.Exact("1"));
        assertThat(query.match("b")).contains(new ListQuery.Contains("x y"));
        assertThat(query.match("c")).contains(new ListQuery.Range("1", "2"));
        assertThat(query.match("d")).contains(new ListQuery.AnyOf(List.of("p", "q")));
        assertThat(query.match("e")).contains(new ListQuery.AllOf(List.of("1", "2")));
        assertThat(query.match("f")).contains(new ListQuery.Range(null, "z"));
        assertThat(query.match("g")).contains(new ListQuery.Range("z", null));
        assertThat(query.match("h")).isEmpty();
    }

    @Test
    void quotes_are_taken_off_and_a_backslash_takes_what_follows_as_it_is() {
        ListQuery query = ListQuery.parse("a=\"x,y\",b={'p q' r},c=\\[x],d=o'neil,e=\\~f");

        assertThat(query.match("a")).contains(new ListQuery.Exact("x,y"));
        assertThat(query.match("b")).contains(new ListQuery.AnyOf(List.of("p q", "r")));
        assertThat(query.match("c")).contains(new ListQuery.Exact("[x]"));
        assertThat(query.match("d")).contains(new ListQuery.Exact("o'neil"));
        assertThat(query.match("e")).contains(new ListQuery.Exact("~f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "=", "a=", "=b", "a=1,", ",a=1", "a=1,b"})
    void a_term_has_a_key_and_a_value(String query) {
        assertThatExceptionOfType(Failure.Invalid.class)
                .isThrownBy(() -> ListQuery.parse(query))
                .withMessage("the query string must contain \"=\" and the key/value cannot be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[x", "[x]", "[x~y~z]", "{", "{}", "{ }", "(", "(a"})
    void brackets_must_be_sound(String value) {
        assertThatExceptionOfType(Failure.Invalid.class)
                .isThrownBy(() -> ListQuery.parse("a=" + value))
                .withMessage("invalid query string value: " + value);
    }

    @Property
    void nothing_else_happens_whatever_is_sent(@ForAll("queries") String query) {
        try {
            assertThat(ListQuery.parse(query).matches()).isNotNull();
        } catch (Failure.Invalid refused) {
            assertThat(refused.explanation()).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.strings().withChars("ab=~,[]{}() \"'\\%1").ofMaxLength(40);
    }

    @Property
    void a_plain_value_is_read_as_it_is(@ForAll("words") String value) {
        assertThat(ListQuery.parse("k=" + value).match("k")).contains(new ListQuery.Exact(value));
        assertThat(ListQuery.parse("x=1,k=" + value + ",y=2").match("k")).contains(new ListQuery.Exact(value));
        assertThat(ListQuery.parse("k=~" + value).match("k")).contains(new ListQuery.Contains(value));
        assertThat(ListQuery.parse("k={" + value + " z}").match("k"))
                .contains(new ListQuery.AnyOf(List.of(value, "z")));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars("/:._-%ü")
                .ofMinLength(1)
                .ofMaxLength(30);
    }

    @Property
    void a_quoted_value_may_hold_what_separates(@ForAll("quotable") String value) {
        assertThat(ListQuery.parse("k=\"" + value + "\",z=1").match("k")).contains(new ListQuery.Exact(value));
        assertThat(ListQuery.parse("z=1,k={\"" + value + "\" x}").match("k"))
                .contains(new ListQuery.AnyOf(List.of(value, "x")));
    }

    @Provide
    Arbitrary<String> quotable() {
        return Arbitraries.strings()
                .withChars("ab ,~=1-")
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(text -> "v" + text);
    }
}
