package dev.breakwater.registry.robot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobotNameTest {

    @Test
    void a_full_name_is_put_together_and_taken_apart() {
        assertThat(RobotName.full("robot$", "demo", "ci")).isEqualTo("robot$demo+ci");
        assertThat(RobotName.full("robot$", null, "ci")).isEqualTo("robot$ci");
        assertThat(RobotName.parse("robot$", "robot$demo+ci")).contains(new RobotName("demo", "ci"));
        assertThat(RobotName.parse("robot$", "robot$ci")).contains(new RobotName(null, "ci"));
        assertThat(RobotName.parse("robot$", "ann")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci", "a.b", "a_b-c", "0"})
    void sound_names(String name) {
        assertThat(RobotName.isSound(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CI", "a+b", "-a", "a..b", "a b", "ä"})
    void unsound_names(String name) {
        assertThat(RobotName.isSound(name)).isFalse();
    }

    @RepeatedTest(20)
    void a_secret_that_is_made_up_keeps_to_the_rule() {
        assertThat(RobotSecret.isSound(RobotSecret.generate())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Short1a", "alllower1", "ALLUPPER1", "NoDigitsHere"})
    void unsound_secrets(String secret) {
        assertThat(RobotSecret.isSound(secret)).isFalse();
    }
}
