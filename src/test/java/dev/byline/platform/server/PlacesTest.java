package dev.byline.platform.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlacesTest {

    @Test
    void aSenderHasOnePlaceAtATime() {
        var places = new Places(2);
        var ada = places.take("ada").orElseThrow();
        assertTrue(places.take("ada").isEmpty());
        assertTrue(places.take("bob").isPresent());
        assertTrue(places.take("eve").isEmpty());
        ada.giveBack();
        var again = places.take("ada").orElseThrow();
        ada.giveBack();
        assertTrue(places.take("eve").isEmpty());
        again.giveBack();
        assertTrue(places.take("eve").isPresent());
    }
}
