package dev.breakwater.registry.token;

import dev.breakwater.kernel.crypto.SecretKey;
import dev.breakwater.kernel.db.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The RSA key with which all nodes of an installation sign bearer tokens, made once and kept encrypted in the database,
 * and the certificate with which another registry can verify them (registry.md 2.5).
 *
 * @param privateKey signs
 * @param publicKey verifies
 * @param certificate names the public key, signed with the private one
 * @param id the name of the key as libtrust spells it
 */
public record SigningKey(PrivateKey privateKey, PublicKey publicKey, X509Certificate certificate, String id) {

    private static final byte[] CONTEXT = "registry.token_key".getBytes(StandardCharsets.UTF_8);
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final Duration VALIDITY = Duration.ofDays(36_500);
    private static final int BITS = 2_048;
    private static final String DERIVATION = "HmacSHA256";

    /** The key of the installation, made when there is none yet. */
    public static SigningKey loadOrCreate(Database database, SecretKey encryption, Instant now) {
        try {
            TokenKeyStore.Kept kept =
                    database.query(TokenKeyStore::find).orElseGet(() -> create(database, encryption, now));
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(kept.certificate()));
            PrivateKey privateKey = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(encryption.decrypt(kept.privateKey(), CONTEXT)));
            return new SigningKey(
                    privateKey, certificate.getPublicKey(), certificate, idOf(certificate.getPublicKey()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key that signs bearer tokens cannot be read", e);
        }
    }

    private static TokenKeyStore.Kept create(Database database, SecretKey encryption, Instant now) {
        TokenKeyStore.Kept fresh = generate(encryption, now);
        return database.transact(handle -> {
            TokenKeyStore.insert(handle, fresh, now);
            return TokenKeyStore.find(handle).orElseThrow();
        });
    }

    private static TokenKeyStore.Kept generate(SecretKey encryption, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=" + Tokens.ISSUER);
            byte[] certificate = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(120, new SecureRandom()).setBit(120),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(VALIDITY)),
                            name,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
                    .getEncoded();
            return new TokenKeyStore.Kept(encryption.encrypt(pair.getPrivate().getEncoded(), CONTEXT), certificate);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("A key that signs bearer tokens cannot be made", e);
        }
    }

    /** Twelve groups of four characters: the first 240 bits of the key's hash. */
    static String idOf(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            BigInteger bits = new BigInteger(1, java.util.Arrays.copyOf(hash, 30));
            StringBuilder id = new StringBuilder();
            for (int i = 47; i >= 0; i--) {
                id.append(BASE32.charAt(bits.shiftRight(5 * i).intValue() & 31));
                if (i > 0 && i % 4 == 0) {
                    id.append(':');
                }
            }
            return id.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** A secret that all nodes share, another one for each purpose. */
    public SecretKeySpec secret(String purpose) {
        try {
            Mac derivation = Mac.getInstance(DERIVATION);
            derivation.init(new SecretKeySpec(privateKey.getEncoded(), DERIVATION));
            return new SecretKeySpec(derivation.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), DERIVATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC with SHA-256", e);
        }
    }

    /** The certificate as text. */
    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate cannot be encoded", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[id=" + id + "]";
    }
}
