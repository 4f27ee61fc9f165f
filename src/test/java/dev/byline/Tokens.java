package dev.byline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The issuer of the tests' tokens. Its key is in this repository, so that the service under test, a class, a jar or
/// an executable, can be told of it before it starts.
public final class Tokens {

    public static final String ISSUER = "https://issuer.test";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RSAPrivateCrtKey KEY = read();
    private static final String ADMIN = of("root", "admin");

    private Tokens() {}

    /// What makes a service accept these tokens.
    public static Map<String, String> settings() {
        return Map.of("quarkus.oidc.public-key", publicKey(), "quarkus.oidc.token.issuer", ISSUER);
    }

    /// The same, as environment variables.
    static Map<String, String> environment() {
        return Map.of("QUARKUS_OIDC_PUBLIC_KEY", publicKey(), "QUARKUS_OIDC_TOKEN_ISSUER", ISSUER);
    }

    public static String admin() {
        return ADMIN;
    }

    /// @return the token of a person whom nobody has seen before
    public static String ofSomebody(String scope) {
        return of("somebody-" + UUID.randomUUID(), scope);
    }

    public static String of(String subject, String scope) {
        var claims = claims(subject);
        claims.put("scope", scope);
        return of(claims);
    }

    /// What a good token says, to be made worse.
    public static Map<String, Object> claims(String subject) {
        var now = Instant.now().getEpochSecond();
        return new LinkedHashMap<>(
                Map.of("iss", ISSUER, "sub", subject, "aud", "byline", "iat", now, "exp", now + 36_000));
    }

    public static String of(Map<String, ?> claims) {
        return of(Map.of("alg", "RS256", "typ", "JWT"), claims, KEY);
    }

    public static String of(Map<String, ?> header, Map<String, ?> claims, PrivateKey key) {
        try {
            var content = part(header) + "." + part(claims);
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A token whose header names this type; none where it is null.
    public static String ofType(String type, Map<String, ?> claims) {
        return of(type == null ? Map.of("alg", "RS256") : Map.of("alg", "RS256", "typ", type), claims, KEY);
    }

    /// An admin's token that names its key.
    public static String withKeyId(String id) {
        var claims = claims("root");
        claims.put("scope", "admin");
        return of(Map.of("alg", "RS256", "kid", id), claims, KEY);
    }

    /// The key as a JWK set, under this name.
    public static String keySet(String id) {
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(id, number(KEY.getModulus()), number(KEY.getPublicExponent()));
    }

    private static String number(BigInteger number) {
        var bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    /// "alg": "none"
    public static String unsigned(Map<String, ?> claims) {
        return part(Map.of("alg", "none")) + "." + part(claims) + ".";
    }

    /// What fools a verifier that lets the token choose between a secret and a public key.
    public static String signedWithThePublicKey(Map<String, ?> claims) {
        try {
            var content = part(Map.of("alg", "HS256")) + "." + part(claims);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(publicKey()), "HmacSHA256"));
            return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static PrivateKey key() {
        return KEY;
    }

    public static String part(Map<String, ?> json) {
        try {
            return base64(JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// In PEM, without its first and last line.
    static String publicKey() {
        try {
            var spec = new RSAPublicKeySpec(KEY.getModulus(), KEY.getPublicExponent());
            var key = KeyFactory.getInstance("RSA").generatePublic(spec);
            return Base64.getEncoder().encodeToString(key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAPrivateCrtKey read() {
        try (var pem = Tokens.class.getResourceAsStream("/issuer.pem")) {
            var text = new String(pem.readAllBytes(), StandardCharsets.US_ASCII);
            var bytes = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
            return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
