package dev.byline.platform.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WalPositionTest {

    @Test
    void isReadAsPostgresAndAsItselfWriteIt() {
        var position = WalPosition.of("0000000A", "16/B374D848");
        assertEquals(new WalPosition(10, 0x16_B374D848L), position);
        assertEquals("0000000a-00000016b374d848", position.toString());
        assertEquals(Optional.of(position), WalPosition.parse(position.toString()));
        assertEquals(Optional.of(WalPosition.UNREACHABLE), WalPosition.parse("ffffffff-ffffffffffffffff"));
    }

    @Test
    void countsOnAcrossAPromotionButNotBack() {
        var written = WalPosition.of("00000001", "0/300");
        assertTrue(WalPosition.of("00000001", "0/300").hasReached(written));
        assertFalse(WalPosition.of("00000001", "0/2FF").hasReached(written));
        assertTrue(WalPosition.of("00000002", "0/300").hasReached(written));
        assertFalse(WalPosition.of("00000001", "1/0").hasReached(WalPosition.of("00000002", "0/300")));
        assertFalse(WalPosition.of("00000001", "FFFFFFFF/FFFFFFFF").hasReached(WalPosition.UNREACHABLE));
    }
}
