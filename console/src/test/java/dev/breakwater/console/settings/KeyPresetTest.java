package dev.breakwater.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyPresetTest {

    @Test
    void each_is_known_by_its_code() {
        for (KeyPreset preset : KeyPreset.values()) {
            assertThat(KeyPreset.of(preset.code())).contains(preset);
        }
        assertThat(KeyPreset.of("")).isEmpty();
        assertThat(KeyPreset.of("EMITTER")).isEmpty();
    }

    @Test
    void only_the_chosen_scopes_and_the_unrestricted_key_have_no_scopes_of_their_own() {
        assertThat(KeyPreset.EMITTER.scopes()).containsExactly("events:write");
        assertThat(KeyPreset.ADMIN.scopes()).isEmpty();
        assertThat(KeyPreset.ADMIN.unrestricted()).isTrue();
        assertThat(KeyPreset.CUSTOM.scopes()).isEmpty();
        assertThat(KeyPreset.CUSTOM.custom()).isTrue();
        assertThat(KeyPreset.CUSTOM.unrestricted()).isFalse();
    }
}
