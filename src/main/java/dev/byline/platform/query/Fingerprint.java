package dev.byline.platform.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;

/// A short digest of texts.
final class Fingerprint {

    private static final int BYTES = 12;

    private Fingerprint() {}

    static byte[] of(String... texts) {
        var sha = DigestUtils.getSha256Digest();
        for (var text : texts) {
            sha.update(text.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
        }
        return Arrays.copyOf(sha.digest(), BYTES);
    }
}
