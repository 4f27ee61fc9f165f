package dev.byline.platform.security;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicOriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.test,        https://api.test,      https://api.test/.well-known/oauth-protected-resource",
        "https://api.test/,       https://api.test,      https://api.test/.well-known/oauth-protected-resource",
        "https://api.test/a/b/,   https://api.test/a/b,  https://api.test/.well-known/oauth-protected-resource/a/b",
        "HTTP://[::1]:8080,       HTTP://[::1]:8080,     HTTP://[::1]:8080/.well-known/oauth-protected-resource"
    })
    void namesTheResourceAndItsMetadata(String setting, String resource, String metadata) {
        var origin = new PublicOrigin(Optional.of(setting));
        assertEquals(Optional.of(resource), origin.resource());
        assertEquals(Optional.of(metadata), origin.metadata());
    }

    @Test
    void isUnknownUnlessItIsSet() {
        assertEquals(Optional.empty(), new PublicOrigin(Optional.empty()).resource());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.test",
                "//api.test",
                "/api",
                "ftp://api.test",
                "mailto:api@api.test",
                "https://",
                "https:///api",
                "https://api.test?a=b",
                "https://api.test/#a",
                "https://me@api.test",
                "https://api.test/\"",
                "https://a b"
            })
    void refusesWhatIsNoAddressOfAService(String setting) {
        var refusal = assertThrows(ConfigurationException.class, () -> new PublicOrigin(Optional.of(setting)));
        assertThat(refusal.getMessage(), containsString("BYLINE_HTTP_ORIGIN"));
    }
}
