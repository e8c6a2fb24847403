package dev.breakwater.server;

import dev.breakwater.server.config.ConfigurationException;
import dev.breakwater.server.config.HttpConfig;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the certificate and key that the server shows. */
final class TlsFiles {

    private TlsFiles() {}

    /** Throws {@link ConfigurationException} when a file is missing or holds something else. */
    static Tls load(HttpConfig.Tls files) {
        requireReadable("tls.certificate", files.certificate());
        requireReadable("tls.key", files.key());
        try {
            Keys keys = Keys.builder()
                    .pem(pem -> pem.key(Resource.create(files.key())).certChain(Resource.create(files.certificate())))
                    .build();
            return Tls.builder()
                    .privateKey(keys.privateKey().orElseThrow())
                    .privateKeyCertChain(keys.certChain())
                    .build();
        } catch (RuntimeException e) {
            throw new ConfigurationException(List.of("tls.certificate and tls.key: " + files.certificate() + " and "
                    + files.key() + " are not a PEM certificate with its unencrypted private key: " + e.getMessage()));
        }
    }

    private static void requireReadable(String setting, Path file) {
        if (!Files.isReadable(file)) {
            throw new ConfigurationException(List.of(setting + ": there is no readable file " + file));
        }
    }
}
