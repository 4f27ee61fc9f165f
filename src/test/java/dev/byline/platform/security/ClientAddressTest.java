package dev.byline.platform.security;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final List<String> PROXIES = List.of("10.0.0.0/8", "192.0.2.1", "2001:db8:ffff::/48", "::1");

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.1     |                                   | 203.0.113.1",
                "203.0.113.1     | 203.0.113.7                       | 203.0.113.1",
                "10.0.0.1        |                                   | 10.0.0.1",
                "10.0.0.1        | 203.0.113.7                       | 203.0.113.7",
                "10.0.0.1        | 198.51.100.1, 203.0.113.7         | 203.0.113.7",
                "10.0.0.1        | 198.51.100.1,203.0.113.7,10.0.0.9 | 203.0.113.7",
                "10.0.0.1        | 10.0.0.2, 10.0.0.3                | 10.0.0.2",
                "192.0.2.1       | 203.0.113.7:4711                  | 203.0.113.7",
                "192.0.2.2       | 203.0.113.7                       | 192.0.2.2",
                "::1             | [2001:db8::7]:443                 | 2001:db8::7",
                "::1             | 2001:db8::7                       | 2001:db8::7",
                "::1             | 2001:db8::7%eth0                  | 2001:db8::7",
                "2001:db8:ffff::1| 203.0.113.7                       | 203.0.113.7",
                "::ffff:10.0.0.1 | ::ffff:203.0.113.7                | 203.0.113.7",
                "10.0.0.1        | 203.0.113.7, unknown              | 10.0.0.1",
                "10.0.0.1        | 203.0.113.7, evil.test, 10.0.0.2  | 10.0.0.2",
                "10.0.0.1        | 203.0.113.7, [::1                 | 10.0.0.1",
                "10.0.0.1        | 203.0.113.7:x                     | 10.0.0.1",
                "10.0.0.1        | 203.0.113.7,                      | 10.0.0.1",
                "10.0.0.1        | ','                               | 10.0.0.1"
            })
    void isWhomTheLastTrustedProxyNames(String peer, String header, String client) {
        var addresses = new ClientAddress(true, false, false, Optional.of(PROXIES));
        var headers = header == null ? List.<String>of() : List.of(header);
        assertEquals(
                Addresses.parse(client).orElseThrow(),
                addresses.behind(Addresses.parse(peer).orElseThrow(), headers));
    }

    @Test
    void readsHeadersThatAreSentTwiceAsOne() {
        var addresses = new ClientAddress(true, false, false, Optional.of(PROXIES));
        assertEquals(
                Addresses.parse("203.0.113.7").orElseThrow(),
                addresses.behind(
                        Addresses.parse("10.0.0.1").orElseThrow(), List.of("198.51.100.1", "203.0.113.7, 10.0.0.2")));
    }

    @Test
    void trustsNobodyWithoutForwarding() {
        var addresses = new ClientAddress(false, false, false, Optional.of(PROXIES));
        var peer = Addresses.parse("10.0.0.1").orElseThrow();
        assertEquals(peer, addresses.behind(peer, List.of("203.0.113.7")));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "2001:db8::1, 2001:db8::/64",
        "2001:db8:0:0:ffff:ffff:ffff:ffff, 2001:db8::/64",
        "2001:db8:0:1::1, 2001:db8:0:1::/64"
    })
    void countsTheNetworkOfASubscriberAsOne(String address, String subscriber) {
        assertEquals(subscriber, Addresses.subscriber(Addresses.parse(address).orElseThrow()));
    }

    @Test
    void refusesToBelieveEverybody() {
        var refusal = assertThrows(
                ConfigurationException.class, () -> new ClientAddress(true, false, false, Optional.empty()));
        assertThat(refusal.getMessage(), containsString("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES"));
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void refusesThatQuarkusReadsTheHeadersToo(boolean forwarded, boolean xForwarded) {
        var refusal = assertThrows(
                ConfigurationException.class,
                () -> new ClientAddress(true, forwarded, xForwarded, Optional.of(PROXIES)));
        assertThat(refusal.getMessage(), containsString("QUARKUS_HTTP_PROXY_ALLOW_FORWARDED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.test", "localhost", "10.0.0.0/33", "10.0.0/8", "x/8", "[::1"})
    void refusesProxiesThatAreNoAddresses(String proxy) {
        var refusal = assertThrows(
                ConfigurationException.class, () -> new ClientAddress(true, false, false, Optional.of(List.of(proxy))));
        assertThat(refusal.getMessage(), containsString("It has " + proxy));
    }
}
