package dev.breakwater.kernel.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Hands on bytes from the beginning of an array only: Helidon 4.4 sends wrong ones from the middle of it. */
final class FromZero extends FilterOutputStream {

    FromZero(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (offset == 0) {
            out.write(bytes, 0, length);
        } else {
            out.write(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }
}
