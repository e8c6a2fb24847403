package dev.breakwater.registry.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 B",
        "1023, 1023.0 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "12582912, 12.0 MiB",
        "99614720, 95.0 MiB",
        "104857600, 100.0 MiB",
        "1073741824, 1.0 GiB"
    })
    void bytes_are_shown_in_the_largest_unit_with_one_decimal(long bytes, String text) {
        assertThat(ByteSize.text(bytes)).isEqualTo(text);
    }
}
