package dev.breakwater.registry.upstream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted. */
final class Trust {

    private Trust() {}

    /** Whether a text is PEM with at least one certificate. */
    static boolean isCertificate(String pem) {
        try {
            return !certificates(pem).isEmpty();
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** What an endpoint asks for: the usual authorities, also one of its own, or nobody's word at all. */
    static TlsSocketStrategy of(boolean insecure, @Nullable String certificate) {
        try {
            if (insecure) {
                return new DefaultClientTlsStrategy(
                        SSLContexts.custom()
                                .loadTrustMaterial(null, TrustAllStrategy.INSTANCE)
                                .build(),
                        HostnameVerificationPolicy.CLIENT,
                        NoopHostnameVerifier.INSTANCE);
            }
            SSLContext context = certificate == null ? SSLContexts.createDefault() : also(certificate);
            return new DefaultClientTlsStrategy(context, HttpsSupport.getDefaultHostnameVerifier());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Certificates cannot be trusted", e);
        }
    }

    private static SSLContext also(String certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        TrustManagerFactory usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        usual.init((KeyStore) null);
        for (TrustManager manager : usual.getTrustManagers()) {
            if (manager instanceof X509TrustManager authorities) {
                for (X509Certificate authority : authorities.getAcceptedIssuers()) {
                    store.setCertificateEntry(Integer.toString(number++), authority);
                }
            }
        }
        for (Certificate own : certificates(certificate)) {
            store.setCertificateEntry(Integer.toString(number++), own);
        }
        return SSLContexts.custom().loadTrustMaterial(store, null).build();
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
