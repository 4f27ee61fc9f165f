package dev.byline.platform.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.platform.server.Lane.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final Lane lane = new Lane(1, 2);
    private final Visit first = visit();
    private final Visit second = visit();
    private final Visit third = visit();

    private static Visit visit() {
        return new Visit(null, List.of(), () -> {});
    }

    @Test
    void letsSomeWorkSomeWaitInOrderAndRefusesTheRest() {
        assertEquals(Entry.PLACE, lane.enter(first));
        assertEquals(Entry.WAITS, lane.enter(second));
        assertEquals(Entry.WAITS, lane.enter(third));
        assertEquals(Entry.REFUSED, lane.enter(visit()));
        assertSame(second, lane.handOver());
        assertEquals(1, lane.running());
        assertSame(third, lane.handOver());
        assertNull(lane.handOver());
        assertEquals(0, lane.running());
    }

    @Test
    void forgetsWhoHasGivenUp() {
        lane.enter(first);
        lane.enter(second);
        assertTrue(lane.giveUp(second));
        assertEquals(0, lane.waiting());
        assertNull(lane.handOver());
        assertEquals(Entry.PLACE, lane.enter(third));
    }
}
