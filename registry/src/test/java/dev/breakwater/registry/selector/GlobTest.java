package dev.breakwater.registry.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "** | a/b/c | true",
                "* | a | true",
                "* | a/b | false",
                "v* | v1.2 | true",
                "v* | 1v | false",
                "v** | v1 | true",
                "v** | v1/x | false",
                "library/** | library/a/b | true",
                "library/** | library | false",
                "**/app | app | true",
                "**/app | x/y/app | true",
                "**/app | x/y/myapp | false",
                "a/**/z | a/z | true",
                "a/**/z | a/b/c/z | true",
                "a/**/z | az | false",
                "v?.0 | v1.0 | true",
                "v?.0 | v.0 | false",
                "[a-c]x | bx | true",
                "[^a-c]x | bx | false",
                "[!a-c]x | dx | true",
                "[]]x | ]x | true",
                "{dev,prod}-* | prod-7 | true",
                "{dev,prod}-* | test-7 | false",
                "{a,{b,c}d} | cd | true",
                "{**/a,b} | x/y/a | true",
                "\\* | * | true",
                "\\* | a | false",
                "a,b | a,b | true",
                "a} | a} | true",
            })
    void a_pattern_fits_or_not(String pattern, String name, boolean fits) {
        assertThat(Glob.parse(pattern).matches(name)).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a", "{a", "{a,{b}", "["})
    void what_has_no_end_is_refused(String pattern) {
        assertThatThrownBy(() -> Glob.parse(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_pattern_is_slow() {
        assertThat(Glob.parse("*a".repeat(120) + "b").matches("a".repeat(10_000)))
                .isFalse();
    }

    @Property
    void stars_and_question_marks_mean_what_they_mean_in_regular_expressions(
            @ForAll("patterns") String pattern,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String name) {
        String regex = pattern.replace("?", "[^/]").replace("*", "[^/]*");

        assertThat(Glob.parse(pattern).matches(name)).isEqualTo(Pattern.matches(regex, name));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings()
                .withChars('a', 'b', 'c', '?', '*')
                .ofMaxLength(8)
                .filter(text -> !text.contains("**"));
    }

    @Property
    void a_name_without_special_characters_fits_itself_and_everything_fits_two_stars(
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 30) String name) {
        assertThat(Glob.parse(name).matches(name)).isTrue();
        assertThat(Glob.parse(name).matches(name + "x")).isFalse();
        assertThat(Glob.parse("**").matches(name)).isTrue();
    }
}
