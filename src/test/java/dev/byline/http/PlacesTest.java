package dev.byline.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlacesTest {

    @Test
    void aSenderHasOnePlaceAtATime() {
        var places = new Places(2);
        assertTrue(places.take("ada"));
        assertFalse(places.take("ada"));
        assertTrue(places.take("bob"));
        assertFalse(places.take("eve"));
        places.giveBack("ada");
        assertTrue(places.take("eve"));
    }
}
