package dev.breakwater.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How numbers of bytes are spelled. */
class SizesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "102348, 99.9 KiB",
        "102400, 100 KiB",
        "1048063, 1023 KiB",
        "1048575, 1.0 MiB",
        "1048576, 1.0 MiB",
        "5368709120, 5.0 GiB",
        "9223372036854775807, 8.0 EiB"
    })
    void bytes_are_told_in_the_unit_that_is_easy_to_read(long bytes, String text) {
        assertThat(Sizes.text(bytes)).isEqualTo(text);
    }
}
